#pragma once

#include <string>
#include <vector>

#include "show/advice/permission_scope.hpp"

namespace blindfold::advice {

/// The ask-only policy, its binding, and the right to read these two, as YAML
/// documents. It holds from Kubernetes 1.30 on; its three rules were run on a
/// real API server. Without it `update` and `create` would be ways to read.
[[nodiscard]] std::vector<std::string> policy_documents(const PermissionScope& scope);

}  // namespace blindfold::advice
