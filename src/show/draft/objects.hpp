#pragma once

#include "show/draft/findings.hpp"
#include "show/draft/tree.hpp"

namespace blindfold::draft {

/// What one object, or each object of a list, uses and creates.
void find_in_object(TreeNode object, Findings& findings);

}  // namespace blindfold::draft
