#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/aws_detail.hpp"
#include "core/model/detail.hpp"
#include "core/model/sight.hpp"

namespace blindfold::doctor {

/// What became of an operation that brings values.
enum class Reading : std::uint8_t {
  untried,  ///< it could not be tried, or the answer told neither way
  refused,  ///< IAM refuses the identity
  allowed,  ///< it was let through; of the answer nothing is kept
};

/// One operation that was tried.
struct AwsAttempt {
  std::string action;   ///< "ssm:GetParameter"
  std::string region;   ///< may be empty
  std::string subject;  ///< a name, an ARN or a path; empty: none in particular
  Reading reading = Reading::untried;
  /// Of `untried`; nothing: its turn never came.
  std::optional<model::Detail> why{};
};

/// Who keeps the identity from the values, by what was tried: `iam` where all of
/// it was refused, `none` where anything was allowed, else `wire`.
[[nodiscard]] model::Sight sight_of(const std::vector<AwsAttempt>& attempts);

/// What was tried as one identity.
struct IdentityProof {
  model::CredentialPlace place = model::CredentialPlace::environment;
  std::string subject{};  ///< a role, a profile, a program, an address; may be empty
  std::vector<AwsAttempt> attempts{};
  model::Sight sight{};

  /// Whether all was tried and refused.
  [[nodiscard]] bool proven() const noexcept;
  /// Whether something was let through.
  [[nodiscard]] bool readable() const noexcept;
  /// Why there is no such identity; nothing where there is one.
  [[nodiscard]] const model::CredentialsMissing* absent() const noexcept;
};

struct AwsReport {
  /// One for each source of credentials, in the order of the chain: the agent
  /// uses the first, and whoever takes its place may use the others.
  std::vector<IdentityProof> identities{};
  /// Why places of the chain have no source.
  std::vector<model::CredentialFailure> without{};

  /// Whether the agent's identity is refused everything, and each of the others
  /// is too, or is none.
  [[nodiscard]] bool proven() const noexcept;
};

}  // namespace blindfold::doctor
