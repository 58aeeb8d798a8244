#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/model/api_trouble.hpp"
#include "core/model/locator.hpp"

namespace blindfold::model {

/// The details that AWS alone has: see detail.hpp.

/// There is no such secret or parameter. What looks like it and exists, where
/// something does: `near_miss` in the same region, or the same name in
/// `near_region`.
struct AwsMissing {
  StoreKind store;
  std::string region;
  std::string name;
  std::string near_miss;
  std::string near_region;
  friend bool operator==(const AwsMissing&, const AwsMissing&) = default;
};

/// No version of the secret holds a value under AWSCURRENT.
struct NoCurrentVersion {
  friend bool operator==(const NoCurrentVersion&, const NoCurrentVersion&) = default;
};

/// Whether a version holds a value could not be found out: this action is denied.
struct ValueNotChecked {
  std::string action;  ///< "secretsmanager:ListSecretVersionIds"
  friend bool operator==(const ValueNotChecked&, const ValueNotChecked&) = default;
};

/// It was deleted with a recovery window, which is not over.
struct ScheduledForDeletion {
  friend bool operator==(const ScheduledForDeletion&, const ScheduledForDeletion&) = default;
};

/// The parameter is of another type.
struct ParameterType {
  std::string found;
  std::string expected;
  friend bool operator==(const ParameterType&, const ParameterType&) = default;
};

/// IAM refuses the agent's identity this action.
struct ActionDenied {
  std::string action;  ///< "secretsmanager:DescribeSecret"
  std::string region;
  std::string resource;  ///< a name or an ARN; empty: not limited to one
  friend bool operator==(const ActionDenied&, const ActionDenied&) = default;
};

/// Nothing says in which region it is.
struct RegionMissing {
  friend bool operator==(const RegionMissing&, const RegionMissing&) = default;
};

/// A listing did not end within the pages that are read.
struct TooManyPages {
  std::string action;
  std::uint32_t pages;
  friend bool operator==(const TooManyPages&, const TooManyPages&) = default;
};

/// A place where the AWS chain looks for credentials, in its order.
enum class CredentialPlace : std::uint8_t {
  environment,
  web_identity,
  profile,
  container,
  instance,
};

enum class CredentialTrouble : std::uint8_t {
  not_set,       ///< nothing is configured there; `subject`: the variable or the profile
  incomplete,    ///< a part is missing; `subject`: which
  switched_off,  ///< AWS_EC2_METADATA_DISABLED
  file_missing,
  file_denied,
  file_wrong,   ///< not of its form
  unreachable,  ///< `subject`: the host
  timed_out,    ///< `subject`: the host; of the instance's metadata: the hop limit
  not_trusted,
  refused,       ///< by `subject` (a host, a role); `status` of HTTP
  not_the_form,  ///< what came back from `subject`
  expired,       ///< what came was so already; of a cached sign-in: sign in again
  failed,        ///< a program: `subject`
  no_region,     ///< STS or the portal needs one
  waiting,       ///< it failed before, and the next try is later
  internal,
};

/// Why one place of the chain gives no credentials.
struct CredentialFailure {
  CredentialPlace place;
  CredentialTrouble trouble;
  std::string subject{};
  std::uint32_t status = 0;
  friend bool operator==(const CredentialFailure&, const CredentialFailure&) = default;
};

/// No place of the chain gives credentials: one for each, in its order.
struct CredentialsMissing {
  std::vector<CredentialFailure> failures;
  friend bool operator==(const CredentialsMissing&, const CredentialsMissing&) = default;
};

/// The service gave no answer.
struct ServiceFailed {
  ApiTrouble trouble;
  std::string server;    ///< the host
  std::uint32_t status;  ///< of HTTP; 0: none came
  friend bool operator==(const ServiceFailed&, const ServiceFailed&) = default;
};

}  // namespace blindfold::model
