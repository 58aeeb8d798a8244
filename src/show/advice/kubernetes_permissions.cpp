#include "show/advice/kubernetes_permissions.hpp"

#include <algorithm>

#include "show/advice/permission_scope.hpp"
#include "show/advice/policy_documents.hpp"
#include "show/advice/remarks.hpp"
#include "show/advice/role_documents.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;

Lines header(bool faster) {
  if (faster) {
    return {"# What the agent's account needs to watch what this manifest names: it is told of",
            "# changes at once, and nothing but the agent itself keeps it from asking for content.",
            "# Without --faster, agent permissions --for kubernetes prints rights with which the",
            "# API server refuses that. To be applied with kubectl apply -f -"};
  }
  return {"# What the agent's account needs to ask whether what this manifest names is there. The",
          "# API server keeps every value from it. To be applied with kubectl apply -f -, by who",
          "# may write policies; from Kubernetes 1.30 on. The policy comes first: there is no",
          "# moment with the rights and without it."};
}

bool any_secret(const PermissionScope& scope) noexcept {
  return std::ranges::any_of(scope.namespaces,
                             [](const NamespaceScope& one) { return !one.secrets.empty(); });
}

}  // namespace

base::Result<Lines> kubernetes_permissions(std::span<const model::Requirement* const> requirements,
                                           std::span<const manifest::Setting> settings,
                                           const KubernetesPermissionOptions& options) {
  const auto scope = permission_scope(requirements, settings, options);
  if (!scope) {
    return std::unexpected(scope.error());
  }
  Lines lines = header(options.faster);
  if (!options.faster && any_secret(*scope)) {
    append(lines, policy_documents(*scope));
  }
  append(lines, service_account(*scope));
  for (const NamespaceScope& name_space : scope->namespaces) {
    append(lines, namespace_documents(*scope, name_space, options.faster));
  }
  return lines;
}

}  // namespace blindfold::advice
