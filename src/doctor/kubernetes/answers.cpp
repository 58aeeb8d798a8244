#include "doctor/kubernetes/answers.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "detect/kubernetes/answers.hpp"

namespace blindfold::doctor {
namespace {

using kubernetes::Admission;
using kubernetes::Failure;
using kubernetes::Status;

Trial untried(model::Detail why) {
  return {.reply = Reply::untried, .why = std::move(why)};
}

// A refusal that says something of the object is none of the account's rights.
std::optional<model::Detail> validation(const Status& status) {
  if (status.code != 422) {
    return std::nullopt;
  }
  const std::string field = status.causes.empty() ? std::string() : status.causes.front().field;
  return model::AdmissionRefused{model::AdmissionRefused::By::validation, field};
}

bool names(const Status& status, std::string_view field) noexcept {
  return std::ranges::find(status.causes, field, &kubernetes::Cause::field) != status.causes.end();
}

bool says_immutable(const Status& status) noexcept {
  return status.immutable || names(status, "immutable") || names(status, "data");
}

}  // namespace

Trial reply_of(const std::optional<Failure>& failure, const model::PermissionMissing& wanted,
               const std::string& server) {
  if (!failure) {
    return {.reply = Reply::answered};
  }
  const Status& status = failure->status;
  if (failure->fault) {
    // Not what was asked for, so dropped unread, and all the same not refused.
    if (status.code >= 200 && status.code < 300) {
      return {.reply = Reply::answered};
    }
  } else if (status.admission.by == Admission::By::policy) {
    return {.reply = Reply::refused, .policy = status.admission.name};
  } else if (status.admission.by == Admission::By::none) {
    if (status.code == 403) {
      return {.reply = Reply::refused};
    }
    if (status.code == 404 && status.kind != "namespaces") {
      return {.reply = Reply::missing};
    }
    if (auto why = validation(status)) {
      return untried(*std::move(why));
    }
  }
  return untried(detect::answer_to_failure(wanted, *failure, server).observation.details.front());
}

Trial reply_to_reading(const std::optional<Failure>& failure,
                       const model::PermissionMissing& wanted, const std::string& server) {
  if (failure && !failure->fault && failure->status.code == 404) {
    return {.reply = Reply::answered};
  }
  return reply_of(failure, wanted, server);
}

void take_reply_to_guess(SecretProof& proof, const std::optional<Failure>& failure,
                         const model::PermissionMissing& wanted, const std::string& server) {
  proof.guess = reply_of(failure, wanted, server);
  if (proof.guess.reply != Reply::untried || !failure || failure->status.code != 422) {
    return;
  }
  // Validation, which comes before any policy, told what it thinks of the guess.
  proof.immutable = says_immutable(failure->status);
  if (proof.immutable) {
    proof.guess = {.reply = Reply::answered};
  } else if (names(failure->status, "type")) {
    proof.guess = untried(model::SecretType{{}, proof.type});
  }
}

void doubt_if_allowed(Trial& trial, bool allowed, const std::string& server) {
  if (trial.reply == Reply::refused && trial.policy.empty() && allowed) {
    trial = untried(model::ApiFailed{model::ApiTrouble::unexpected, server, 403});
  }
}

detect::Policy policy_from(const Trial& bare, const Trial& guess) noexcept {
  if (bare.reply != Reply::answered) {
    return detect::Policy::unknown;
  }
  if (guess.reply == Reply::answered) {
    return detect::Policy::absent;
  }
  return guess.reply == Reply::refused && !guess.policy.empty() ? detect::Policy::in_force
                                                                : detect::Policy::unknown;
}

}  // namespace blindfold::doctor
