#include "doctor/aws/report.hpp"

#include <algorithm>
#include <variant>

namespace blindfold::doctor {

model::Sight sight_of(const std::vector<AwsAttempt>& attempts) {
  const auto allowed = std::ranges::find(attempts, Reading::allowed, &AwsAttempt::reading);
  if (allowed != attempts.end()) {
    return {model::SightLevel::none, model::SightReason::may_call, allowed->action};
  }
  const auto untried = std::ranges::find(attempts, Reading::untried, &AwsAttempt::reading);
  if (untried != attempts.end()) {
    return {model::SightLevel::wire, model::SightReason::not_proven, untried->action};
  }
  if (attempts.empty()) {
    return {model::SightLevel::wire, model::SightReason::not_tried, {}};
  }
  return {model::SightLevel::iam, model::SightReason::none, {}};
}

bool IdentityProof::proven() const noexcept {
  return sight.level == model::SightLevel::iam;
}

bool IdentityProof::readable() const noexcept {
  return sight.level == model::SightLevel::none;
}

const model::CredentialsMissing* IdentityProof::absent() const noexcept {
  for (const AwsAttempt& attempt : attempts) {
    if (attempt.reading != Reading::untried) {
      return nullptr;
    }
    if (attempt.why) {
      if (const auto* const why = std::get_if<model::CredentialsMissing>(&*attempt.why)) {
        return why;
      }
    }
  }
  return nullptr;
}

bool AwsReport::proven() const noexcept {
  const auto harmless = [](const IdentityProof& proof) {
    return proof.proven() || proof.absent() != nullptr;
  };
  return !identities.empty() && identities.front().proven() &&
         std::ranges::all_of(identities, harmless);
}

}  // namespace blindfold::doctor
