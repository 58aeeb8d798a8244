#pragma once

#include <string>

#include "detect/kubernetes/notice.hpp"

namespace blindfold::app {

/// For the log: how a namespace's secrets are seen, and what the account may do
/// beyond what was printed.
[[nodiscard]] std::string describe(const detect::Notice& notice);

}  // namespace blindfold::app
