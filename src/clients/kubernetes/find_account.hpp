#pragma once

#include <optional>
#include <string>
#include <vector>

#include "clients/kubernetes/account.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::kubernetes {

/// What of the process's environment says where an API server is. Empty is unset.
struct Environment {
  std::string kubeconfig;     ///< KUBECONFIG: files, with colons between them
  std::string home;           ///< HOME, for .kube/config
  std::string service_host;   ///< KUBERNETES_SERVICE_HOST
  std::string service_port;   ///< KUBERNETES_SERVICE_PORT
  std::string pod_namespace;  ///< POD_NAMESPACE: goes before the one beside the token
  std::string https_proxy;    ///< HTTPS_PROXY, or else https_proxy
  std::string http_proxy;     ///< HTTP_PROXY, or else http_proxy
  std::string no_proxy;       ///< NO_PROXY, or else no_proxy
  /// Where relative paths in KUBECONFIG start; empty: the working folder.
  std::string folder;
  /// Where the kubelet mounts token, CA and namespace.
  std::string service_account = "/var/run/secrets/kubernetes.io/serviceaccount";
};

/// This process's own.
[[nodiscard]] Environment process_environment();

/// What a person chose on the command line.
struct AccountChoice {
  std::optional<std::string> context;     ///< --context
  std::optional<std::string> name_space;  ///< --namespace
};

/// Finds the API server and the account for it as kubectl does: the files of
/// KUBECONFIG merged, or ~/.kube/config; where these say nothing, the pod's own
/// service account. Other than kubectl it does not go on to another account where
/// none of the files that KUBECONFIG names is there (`missing`). Reads files, and
/// belongs where the process may still do so. Other errors: `configuration`,
/// `usage` (what was chosen is not there), `missing`, `denied`, `limit`.
[[nodiscard]] base::Result<Account> find_account(const Environment& environment,
                                                 const AccountChoice& choice = {});

/// What the helper has to list for this account: its plugin, or nothing.
[[nodiscard]] std::vector<helper::Program> programs_of(const Account& account);

}  // namespace blindfold::kubernetes
