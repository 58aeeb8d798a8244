#include "show/draft/findings.hpp"

#include <algorithm>
#include <utility>

#include "core/manifest/rules.hpp"
#include "show/report/words.hpp"

namespace blindfold::draft {
namespace {

using report::quoted;

std::string in_line(manifest::TreeNode at) {
  return " (line " + std::to_string(at.where().line) + ")";
}

}  // namespace

void Findings::add(SecretUse use, manifest::TreeNode at) {
  namespace rules = manifest::rules;
  if (use.name.empty()) {
    note(use.where + ": a Secret without a name" + in_line(at));
    return;
  }
  if (!rules::kubernetes_name.accepts(use.name)) {
    note(use.where + ": " + quoted(use.name) + " cannot be a Secret's name" + in_line(at));
    return;
  }
  if (use.name_space == "kube-system") {
    note(use.where + ": " + quoted(use.name) + ", since the agent refuses kube-system");
    return;
  }
  if (!use.name_space.empty() && !rules::kubernetes_namespace.accepts(use.name_space)) {
    note(use.where + ": " + quoted(use.name_space) + " cannot be a namespace" + in_line(at));
    return;
  }
  const auto cannot_be = [](const std::string& key) { return !rules::kubernetes_key.accepts(key); };
  for (const std::string& key : use.keys) {
    if (cannot_be(key)) {
      note(use.where + ": " + quoted(key) + " cannot be a key" + in_line(at));
    }
  }
  std::erase_if(use.keys, cannot_be);
  if (!use.type.empty() && !rules::kubernetes_type.accepts(use.type)) {
    note(use.where + ": " + quoted(use.type) + " cannot be a Secret's type" + in_line(at));
    use.type.clear();
  }
  uses_.push_back(std::move(use));
}

}  // namespace blindfold::draft
