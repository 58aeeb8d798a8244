#pragma once

#include <span>
#include <string>
#include <vector>

#include "show/advice/kubernetes_permissions.hpp"

namespace blindfold::advice {

/// A Secret or a ConfigMap, and the ids of what is in it.
struct NamedObject {
  std::string name;
  std::vector<std::string> ids;
};

struct NamespaceScope {
  std::string name;
  std::vector<NamedObject> secrets;
  std::vector<NamedObject> config_maps;
};

/// For what rights are needed. Every name in it can stand in YAML and in a text
/// of the policy's language: it was checked.
struct PermissionScope {
  std::string account;
  std::string account_namespace;
  std::vector<NamespaceScope> namespaces;  ///< one at least
};

/// The errors are those of kubernetes_permissions().
[[nodiscard]] base::Result<PermissionScope> permission_scope(
    std::span<const model::Requirement* const> requirements,
    std::span<const manifest::Setting> settings, const KubernetesPermissionOptions& options);

}  // namespace blindfold::advice
