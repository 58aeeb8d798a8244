#pragma once

#include <optional>
#include <string>

#include "clients/kubernetes/status.hpp"
#include "core/model/detail.hpp"
#include "detect/kubernetes/judgement.hpp"
#include "doctor/kubernetes/report.hpp"

namespace blindfold::doctor {

// What the API server's answer says of a request: pure functions. `wanted` is
// the right that the request takes, for what is said where it told neither way.

/// Of a request that does something to an object: `failure`, or it was let
/// through.
[[nodiscard]] Trial reply_of(const std::optional<kubernetes::Failure>& failure,
                             const model::PermissionMissing& wanted, const std::string& server);

/// Of one that reads: what is not there was let through as well, since rights
/// come first.
[[nodiscard]] Trial reply_to_reading(const std::optional<kubernetes::Failure>& failure,
                                     const model::PermissionMissing& wanted,
                                     const std::string& server);

/// Of update_guess(); says in `proof` whether the secret is immutable.
void take_reply_to_guess(SecretProof& proof, const std::optional<kubernetes::Failure>& failure,
                         const model::PermissionMissing& wanted, const std::string& server);

/// A refusal that is no policy's, though the account has the right: something in
/// the server (a namespace that is being deleted) refuses now, and perhaps not
/// later.
void doubt_if_allowed(Trial& trial, bool allowed, const std::string& server);

/// Whether the ask-only policy is in force, as the agent finds it out.
[[nodiscard]] detect::Policy policy_from(const Trial& bare, const Trial& guess) noexcept;

}  // namespace blindfold::doctor
