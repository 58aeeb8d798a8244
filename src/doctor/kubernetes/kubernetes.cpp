#include "doctor/kubernetes/kubernetes.hpp"

#include <algorithm>
#include <string>
#include <utility>

#include "clients/kubernetes/connection.hpp"
#include "core/manifest/rules.hpp"
#include "doctor/kubernetes/cluster_trial.hpp"
#include "doctor/kubernetes/wanted.hpp"
#include "platform/base/clock.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::doctor {

base::Result<KubernetesReport> try_kubernetes(kubernetes::Account account,
                                              std::optional<helper::Forked> helper,
                                              std::span<const model::Requirement> requirements,
                                              std::span<const manifest::Setting> settings,
                                              base::Duration timeout) {
  std::vector<WantedNamespace> wanted =
      wanted_in_kubernetes(requirements, settings, account.name_space);
  const auto& rule = manifest::rules::kubernetes_namespace;
  if (!std::ranges::all_of(wanted, rule.accepts, &WantedNamespace::name)) {
    return std::unexpected(base::Error{base::ErrorKind::usage,
                                       "the account's namespace cannot be one's name",
                                       std::string(rule.form)});
  }
  const base::SystemClock clock;
  loop::Loop loop(clock);
  std::optional<helper::Helper> plugins;
  if (helper) {
    plugins.emplace(loop, *std::move(helper));
  }
  auto connection =
      kubernetes::Connection::make(loop, std::move(account), plugins ? &*plugins : nullptr);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  KubernetesReport report;
  ClusterTrial trial(loop, **connection, std::move(wanted), [&loop, &report](auto told) noexcept {
    report = std::move(told);
    loop.stop();
  });
  trial.start(timeout);
  loop.run();
  return report;
}

}  // namespace blindfold::doctor
