#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/manifest/manifest.hpp"
#include "core/model/requirement.hpp"
#include "platform/base/error.hpp"

namespace blindfold::advice {

/// The policy under which the agent's account may ask and never write.
inline constexpr std::string_view ask_only_policy = "blindfold-ask-only";
/// The ResourceQuota whose changes say that it is time to ask.
inline constexpr std::string_view quota_name = "blindfold";

struct KubernetesPermissionOptions {
  /// To watch instead of to ask: quicker, with an account that could read.
  bool faster = false;
  /// The agent's service account, and its namespace: the first requirement's
  /// where it is empty.
  std::string account = "blindfold";
  std::string account_namespace = {};
  /// The namespace of the connection, for what names none itself.
  std::string name_space = {};
};

/// The least rights for what is in Kubernetes, as lines of YAML for
/// `kubectl apply -f -`, each rule with its reason: the service account; a Role,
/// its binding and (to ask) a ResourceQuota in each namespace; and, to ask, for
/// the cluster the ask-only policy, its binding, and the right to read these two.
/// No namespace is created. The same input gives the same lines, in the order of
/// the requirements.
///
/// Requirements in other stores and those that are skipped are left out, and
/// settings whose ConfigMap is in none of the requirements' namespaces get a
/// Role of their own.
///
/// Errors: of kind usage, nothing is in Kubernetes, or a namespace is named
/// nowhere, or a name of the account cannot be one; of kind configuration,
/// kube-system, or a name that the manifest's reader would not have taken.
[[nodiscard]] base::Result<std::vector<std::string>> kubernetes_permissions(
    std::span<const model::Requirement* const> requirements,
    std::span<const manifest::Setting> settings, const KubernetesPermissionOptions& options);

}  // namespace blindfold::advice
