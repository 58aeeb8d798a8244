#pragma once

#include <string>

#include "core/manifest/document.hpp"

namespace blindfold::kubernetes {

/// A part of a YAML document as JSON, for a plugin that is handed it: plain null,
/// true, false and whole numbers as such, everything else as text.
[[nodiscard]] std::string to_json(manifest::TreeNode node);

}  // namespace blindfold::kubernetes
