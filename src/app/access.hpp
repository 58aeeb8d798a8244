#pragma once

#include <optional>
#include <string>

#include "clients/kubernetes/account.hpp"
#include "core/manifest/deployment.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/fork.hpp"

namespace blindfold::app {

/// What a person chose on the command line.
struct AccessChoice {
  std::optional<std::string> context;
  std::optional<std::string> name_space;
};

/// How the services are reached that the deployment's stores are in.
struct Access {
  std::optional<kubernetes::Account> account;  ///< nothing: no store is in Kubernetes
  std::optional<helper::Forked> helper;        ///< nothing: there is nothing to run
};

/// Reads the kubeconfig or the pod's own account, where a requirement that is
/// looked at is in Kubernetes or a setting that a `when` names is, and forks the
/// helper where its credential comes from a plugin: so before a thread exists,
/// before a loop, and before the process gives anything up.
[[nodiscard]] base::Result<Access> find_access(const manifest::Deployment& deployment,
                                               const AccessChoice& choice);

/// Whether anything of the deployment is looked at in Kubernetes.
[[nodiscard]] bool needs_kubernetes(const manifest::Deployment& deployment);

}  // namespace blindfold::app
