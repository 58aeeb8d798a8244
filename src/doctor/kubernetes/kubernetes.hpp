#pragma once

#include <span>

#include "clients/kubernetes/account.hpp"
#include "core/manifest/manifest.hpp"
#include "core/model/requirement.hpp"
#include "doctor/kubernetes/report.hpp"
#include "platform/base/duration.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::doctor {

/// Tries, as `account`, to read each required secret in Kubernetes, which the API
/// server must refuse, and looks for other ways to the values: rights that were
/// not printed, guesses, what the ask-only policy says. Nothing is changed there:
/// what writes is a dry run. No reply's value could be kept: those that might hold
/// one are in the Table form, of which nothing is read.
///
/// In a process that has restricted itself as the agent does, for at most
/// `timeout`; it turns `loop` itself. `helper`, on that loop, runs the account's
/// plugin; null where it has none. Fails where a namespace's name cannot be one,
/// and as Connection::make() does.
[[nodiscard]] base::Result<KubernetesReport> try_kubernetes(
    loop::Loop& loop, kubernetes::Account account, helper::Helper* helper,
    std::span<const model::Requirement> requirements, std::span<const manifest::Setting> settings,
    base::Duration timeout);

}  // namespace blindfold::doctor
