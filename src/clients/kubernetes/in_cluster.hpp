#pragma once

#include <string>

#include "clients/account/proxy.hpp"
#include "clients/kubernetes/account.hpp"
#include "platform/base/error.hpp"

namespace blindfold::kubernetes {

/// Where a pod finds its own account.
struct PodVariables {
  std::string service_host;
  std::string service_port;
  std::string name_space;  ///< empty: the one beside the token
  std::string folder;      ///< where token, CA and namespace are mounted
};

/// The pod's own service account. The token and the CA rotate: their files stay
/// in the account. They lie on a tmpfs, so reading them does not hang.
[[nodiscard]] base::Result<Account> in_cluster_account(const PodVariables& pod,
                                                       const account::ProxyVariables& variables);

}  // namespace blindfold::kubernetes
