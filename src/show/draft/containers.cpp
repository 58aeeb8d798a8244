#include "show/draft/containers.hpp"

#include "show/report/words.hpp"

namespace blindfold::draft {
namespace {

void find_in_container(const Owner& owner, TreeNode container, Findings& findings) {
  const std::string where =
      owner.words + ", container " + report::quoted(text_at(container, "name"));
  each(container, "env", [&owner, &findings, &where](TreeNode variable) {
    const auto from = find(find(variable, "valueFrom"), "secretKeyRef");
    if (from) {
      findings.add({.name_space = owner.name_space,
                    .name = std::string(text_at(from, "name")),
                    .keys = {std::string(text_at(from, "key"))},
                    .optional = is_true(from, "optional"),
                    .where = where + ", variable " + report::quoted(text_at(variable, "name"))},
                   *from);
    }
  });
  each(container, "envFrom", [&owner, &findings, &where](TreeNode source) {
    if (const auto from = find(source, "secretRef")) {
      findings.add({.name_space = owner.name_space,
                    .name = std::string(text_at(from, "name")),
                    .optional = is_true(from, "optional"),
                    .where = where + ", all as variables"},
                   *from);
    }
  });
}

}  // namespace

void find_in_containers(const Owner& owner, TreeNode pod_spec, Findings& findings) {
  for (const std::string_view list : {"initContainers", "containers", "ephemeralContainers"}) {
    each(pod_spec, list, [&owner, &findings](TreeNode container) {
      find_in_container(owner, container, findings);
    });
  }
}

}  // namespace blindfold::draft
