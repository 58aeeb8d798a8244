#pragma once

#include "show/draft/containers.hpp"

namespace blindfold::draft {

/// Secrets in a pod's volumes: mounted, projected, or named to a storage driver.
void find_in_volumes(const Owner& owner, TreeNode pod_spec, Findings& findings);

}  // namespace blindfold::draft
