#pragma once

#include "clients/kubernetes/account.hpp"
#include "clients/kubernetes/kubeconfig.hpp"
#include "platform/base/error.hpp"
#include "platform/http/endpoint.hpp"

namespace blindfold::kubernetes {

/// The plugin of a user, with all that it is told in its environment
/// (KUBERNETES_EXEC_INFO), about the cluster too where it asked for that. An
/// error where it could not be run by a program without a terminal, or is of a
/// version that we do not speak.
[[nodiscard]] base::Result<ExecPlugin> exec_plugin_of(const KubeconfigExec& exec,
                                                      const KubeconfigCluster& cluster,
                                                      const http::Endpoint& endpoint);

}  // namespace blindfold::kubernetes
