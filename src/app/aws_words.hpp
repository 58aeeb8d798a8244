#pragma once

#include <string>

#include "doctor/aws/report.hpp"

namespace blindfold::app {

/// What `agent doctor` prints before it tries anything in AWS.
[[nodiscard]] std::string aws_announcement();

/// What `agent doctor` prints of AWS: what was tried as each identity of the
/// chain, a line each, and how much was refused. ✓ as it must be, ✗ a way to a
/// value, – worth knowing and no way to one, ? not known.
[[nodiscard]] std::string describe(const doctor::AwsReport& report);

}  // namespace blindfold::app
