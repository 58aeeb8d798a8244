#pragma once

#include <memory>
#include <optional>
#include <string>

#include "clients/aws/account.hpp"
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
  std::optional<kubernetes::Account> kubernetes;  ///< nothing: no store is in Kubernetes
  std::unique_ptr<aws::Account> aws;              ///< null: no store is in AWS
  std::optional<helper::Forked> helper;           ///< nothing: there is nothing to run
};

/// Reads the kubeconfig or the pod's own account, where a requirement that is
/// looked at is in Kubernetes or a setting that a `when` names is, and the AWS
/// chain, where one is in AWS; forks the helper where a credential comes from a
/// program: so before a thread exists, before a loop, and before the process
/// gives anything up.
[[nodiscard]] base::Result<Access> find_access(const manifest::Deployment& deployment,
                                               const AccessChoice& choice);

/// The region in AWS that a requirement without one is in, as the chain says it;
/// empty where nothing says one, or nothing of the deployment is in AWS.
[[nodiscard]] base::Result<std::string> find_region(const manifest::Deployment& deployment);

/// Whether anything of the deployment is looked at in AWS.
[[nodiscard]] bool needs_aws(const manifest::Deployment& deployment);

/// Whether anything of the deployment is looked at in Kubernetes.
[[nodiscard]] bool needs_kubernetes(const manifest::Deployment& deployment);

}  // namespace blindfold::app
