#pragma once

#include <string>

#include "show/draft/findings.hpp"
#include "show/draft/tree.hpp"

namespace blindfold::draft {

/// The object that something stands in, as findings name it.
struct Owner {
  std::string words;  ///< `Deployment "web"`
  std::string name_space;
};

/// Secrets in the variables of a pod's containers, of all kinds.
void find_in_containers(const Owner& owner, TreeNode pod_spec, Findings& findings);

}  // namespace blindfold::draft
