#pragma once

#include <string>

#include "show/report/status.hpp"

namespace blindfold::report {

/// JUnit's XML, a test case for each requirement: red and required is a
/// failure, grey and required an error, skipped or optional and not present is
/// skipped. Well-formed XML 1.0 whatever the names hold.
[[nodiscard]] std::string to_junit(const Status& status);

}  // namespace blindfold::report
