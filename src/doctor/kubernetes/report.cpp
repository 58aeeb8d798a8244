#include "doctor/kubernetes/report.hpp"

#include <algorithm>

namespace blindfold::doctor {
namespace {

bool was_answered(const Trial& trial) noexcept {
  return trial.reply == Reply::answered;
}

// It was read, or may not be.
bool is_harmless(const Trial& trial) noexcept {
  return was_answered(trial) || trial.reply == Reply::refused;
}

}  // namespace

bool SecretProof::proven() const noexcept {
  const bool no_guess = guess.reply == Reply::refused || guess.reply == Reply::missing;
  return get.reply == Reply::refused && list.reply == Reply::refused && no_guess &&
         sight.level >= model::SightLevel::api_server;
}

bool SecretProof::readable() const noexcept {
  const bool judged = sight.level != model::SightLevel::unknown;
  const bool policy_unknown = sight.reason == model::SightReason::policy_unknown;
  return was_answered(get) || was_answered(list) || was_answered(guess) ||
         (judged && !policy_unknown && sight.level < model::SightLevel::api_server);
}

bool PolicyProof::proven() const noexcept {
  return is_harmless(policy) && is_harmless(binding) && flaws.empty();
}

bool NamespaceProof::proven() const noexcept {
  return !kube_system && was_answered(review) && list.reply == Reply::refused &&
         guess.reply == Reply::refused && annotation.reply == Reply::refused &&
         std::ranges::none_of(surplus, &SurplusRight::reads) &&
         std::ranges::all_of(secrets, &SecretProof::proven);
}

bool KubernetesReport::proven() const noexcept {
  return complete && (!policy || policy->proven()) &&
         std::ranges::all_of(namespaces, &NamespaceProof::proven);
}

}  // namespace blindfold::doctor
