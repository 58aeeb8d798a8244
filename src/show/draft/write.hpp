#pragma once

#include <string>

#include "show/draft/requirements.hpp"

namespace blindfold::draft {

/// The manifest, with comments.
[[nodiscard]] std::string write(const Draft& draft, const Findings& findings);

}  // namespace blindfold::draft
