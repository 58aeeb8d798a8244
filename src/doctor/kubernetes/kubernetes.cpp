#include "doctor/kubernetes/kubernetes.hpp"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>

#include "clients/kubernetes/connection.hpp"
#include "core/manifest/rules.hpp"
#include "doctor/kubernetes/cluster_trial.hpp"
#include "doctor/kubernetes/wanted.hpp"

namespace blindfold::doctor {
namespace {

// Manifests have passed this rule, a kubeconfig has not.
std::optional<base::Error> refuse_names(const std::vector<WantedNamespace>& wanted,
                                        const std::string& source) {
  const auto& rule = manifest::rules::kubernetes_namespace;
  const auto wrong = std::ranges::find_if_not(wanted, rule.accepts, &WantedNamespace::name);
  if (wrong == wanted.end()) {
    return std::nullopt;
  }
  return base::Error{base::ErrorKind::usage,
                     source + ": \"" + wrong->name + "\" is no name of a namespace",
                     std::string(rule.form)};
}

}  // namespace

base::Result<KubernetesReport> try_kubernetes(loop::Loop& loop, kubernetes::Account account,
                                              helper::Helper* helper,
                                              std::span<const model::Requirement> requirements,
                                              std::span<const manifest::Setting> settings,
                                              base::Duration timeout) {
  std::vector<WantedNamespace> wanted =
      wanted_in_kubernetes(requirements, settings, account.name_space);
  if (auto error = refuse_names(wanted, account.source)) {
    return std::unexpected(*std::move(error));
  }
  auto connection = kubernetes::Connection::make(loop, std::move(account), helper);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  KubernetesReport report;
  ClusterTrial trial(loop, **connection, std::move(wanted),
                     [&loop, &report](const KubernetesReport& told) noexcept {
                       report = told;
                       loop.stop();
                     });
  trial.start(timeout);
  loop.run();
  return report;
}

}  // namespace blindfold::doctor
