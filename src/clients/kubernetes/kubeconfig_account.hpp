#pragma once

#include <optional>
#include <string>

#include "clients/account/proxy.hpp"
#include "clients/kubernetes/account.hpp"
#include "clients/kubernetes/kubeconfig.hpp"
#include "platform/base/error.hpp"

namespace blindfold::kubernetes {

/// What a context of a kubeconfig comes to: certificates and keys are read, what
/// is contradictory, unsafe or not followed by us is an error (`configuration`;
/// `usage` where `context` names none). `context` absent: the current one.
/// `variables` count where the cluster names no proxy.
[[nodiscard]] base::Result<Account> account_of(Kubeconfig kubeconfig,
                                               const std::optional<std::string>& context,
                                               const account::ProxyVariables& variables);

}  // namespace blindfold::kubernetes
