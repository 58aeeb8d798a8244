#pragma once

#include <string>

#include "doctor/kubernetes/report.hpp"

namespace blindfold::app {

/// What `agent doctor` prints of Kubernetes: what was found, a line each, and
/// how many secrets were refused. ✓ as it must be, ✗ a way to a value, – worth
/// knowing and no way to one, ? not known.
[[nodiscard]] std::string describe(const doctor::KubernetesReport& report);

}  // namespace blindfold::app
