#include "doctor/kubernetes/report.hpp"

#include <algorithm>

namespace blindfold::doctor {
namespace {

bool holds(const SecretProof& proof) noexcept {
  const bool no_guess = proof.guess.reply == Reply::refused || proof.guess.reply == Reply::missing;
  return proof.get.reply == Reply::refused && proof.list.reply == Reply::refused && no_guess &&
         proof.sight.level >= model::SightLevel::api_server;
}

// Both are there or may not be read; what was read is as printed.
bool holds(const PolicyProof& proof) noexcept {
  const auto harmless = [](const Trial& trial) {
    return trial.reply == Reply::answered || trial.reply == Reply::refused;
  };
  return harmless(proof.policy) && harmless(proof.binding) && proof.flaws.empty();
}

}  // namespace

bool NamespaceProof::proven() const noexcept {
  return !kube_system && review.reply == Reply::answered && list.reply == Reply::refused &&
         guess.reply == Reply::refused && annotation.reply == Reply::refused &&
         std::ranges::none_of(surplus, &SurplusRight::reads) &&
         std::ranges::all_of(secrets, [](const SecretProof& proof) { return holds(proof); });
}

bool KubernetesReport::proven() const noexcept {
  return complete && (!policy || holds(*policy)) &&
         std::ranges::all_of(namespaces, &NamespaceProof::proven);
}

}  // namespace blindfold::doctor
