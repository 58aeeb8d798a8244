#include "show/advice/role_documents.hpp"

#include "core/manifest/bare.hpp"
#include "show/advice/remarks.hpp"

namespace blindfold::advice {
namespace {

using manifest::write_scalar;
using Lines = std::vector<std::string>;

constexpr std::string_view role_name = "blindfold";

Lines metadata(std::string_view name, std::string_view name_space) {
  Lines lines{"metadata:", "  name: " + write_scalar(name)};
  if (!name_space.empty()) {
    lines.push_back("  namespace: " + write_scalar(name_space));
  }
  return lines;
}

/// A rule on the objects that are named, each with what it is there for.
Lines rule(std::string_view resource, std::string_view verbs,
           const std::vector<NamedObject>& objects) {
  Lines lines{R"(  - apiGroups: [""])", "    resources: [" + std::string(resource) + "]",
              "    verbs: [" + std::string(verbs) + "]"};
  if (!objects.empty()) {
    lines.emplace_back("    resourceNames:");
  }
  for (const NamedObject& object : objects) {
    lines.push_back("      - " + write_scalar(object.name) +
                    (object.ids.empty() ? "" : "  # " + joined(object.ids, ", ")));
  }
  return lines;
}

void add_asking(Lines& lines, const NamespaceScope& name_space) {
  append(lines, {"  # To ask for each Secret by name: an update that is a dry run and is answered",
                 "  # without content. Take an immutable one out of the list: of these the API",
                 "  # server tells whether a guess is right before it asks the policy."});
  append(lines, rule("secrets", "update", name_space.secrets));
  append(lines, {"  # To ask for immutable Secrets and for names that look alike, and to prove",
                 "  # that the policy is in force: dry runs, too. RBAC cannot limit create to",
                 "  # names."});
  append(lines, rule("secrets", "create", {}));
  append(lines, {"  # To be told when to ask: how many Secrets there are, and nothing of them."});
  append(lines, rule("resourcequotas", "get, list, watch", {{std::string(quota_name), {}}}));
}

void add_watching(Lines& lines, const NamespaceScope& name_space) {
  append(lines, {"  # To list and watch each Secret by name, as a table without content. With this",
                 "  # right the account could ask for the content: sight is wire."});
  append(lines, rule("secrets", "list, watch", name_space.secrets));
}

void add_events(Lines& lines) {
  append(lines, {"  # Optional: kubelet's events name the key that a pod misses. To allow it, take",
                 "  # the # away.", R"(  # - apiGroups: [""])", "  #   resources: [events]",
                 "  #   verbs: [list, watch]"});
}

Lines role(const NamespaceScope& name_space, bool faster) {
  Lines lines{"---", "apiVersion: rbac.authorization.k8s.io/v1", "kind: Role"};
  append(lines, metadata(role_name, name_space.name));
  lines.emplace_back("rules:");
  if (!name_space.secrets.empty()) {
    faster ? add_watching(lines, name_space) : add_asking(lines, name_space);
  }
  if (!name_space.config_maps.empty()) {
    lines.emplace_back("  # To read settings, which are not secret.");
    append(lines, rule("configmaps", "get", name_space.config_maps));
  }
  if (!name_space.secrets.empty()) {
    add_events(lines);
  }
  return lines;
}

Lines quota(const NamespaceScope& name_space) {
  Lines lines{"---",
              "# Makes the API server count the Secrets of the namespace, which says when to ask.",
              "# The limit is there because a quota has to have one.", "apiVersion: v1",
              "kind: ResourceQuota"};
  append(lines, metadata(quota_name, name_space.name));
  append(lines, {"spec:", "  hard:", "    count/secrets: 1M"});
  return lines;
}

}  // namespace

Lines service_account(const PermissionScope& scope) {
  Lines lines{"---", "# Whom the agent runs as: nothing else should run as it.", "apiVersion: v1",
              "kind: ServiceAccount"};
  append(lines, metadata(scope.account, scope.account_namespace));
  return lines;
}

Lines namespace_documents(const PermissionScope& scope, const NamespaceScope& name_space,
                          bool faster) {
  Lines lines = role(name_space, faster);
  append(lines, binding(scope, role_name, name_space.name));
  if (!faster && !name_space.secrets.empty()) {
    append(lines, quota(name_space));
  }
  return lines;
}

Lines binding(const PermissionScope& scope, std::string_view role, std::string_view name_space) {
  const std::string cluster = name_space.empty() ? "Cluster" : "";
  Lines lines{"---", "apiVersion: rbac.authorization.k8s.io/v1",
              "kind: " + cluster + "RoleBinding"};
  append(lines, metadata(role, name_space));
  append(lines, {"roleRef:", "  apiGroup: rbac.authorization.k8s.io", "  kind: " + cluster + "Role",
                 "  name: " + write_scalar(role), "subjects:", "  - kind: ServiceAccount",
                 "    name: " + write_scalar(scope.account),
                 "    namespace: " + write_scalar(scope.account_namespace)});
  return lines;
}

}  // namespace blindfold::advice
