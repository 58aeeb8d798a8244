#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/model/requirement.hpp"
#include "platform/base/error.hpp"

namespace blindfold::advice {

/// What IAM takes of a managed policy, in characters without white space (IAM
/// User Guide, "IAM and AWS STS quotas").
inline constexpr std::size_t largest_policy = 6144;

struct AwsPermissionOptions {
  /// The region of the account, for what names none; empty: not known.
  std::string region = {};
};

/// The least rights for what is in AWS, as the lines of one IAM policy: what asks
/// for names, versions and times is allowed, what brings a value is denied, which
/// no other policy can allow again. It is JSON and nothing else, so it can be
/// piped into `aws iam create-policy`; the reason of each statement is its Sid.
///
/// Secrets are named one by one. Where that is more than IAM takes, the patterns
/// are widened to the secrets' folders, and where that is still more, to their
/// regions; the Sid says so. That is about names and versions alone: every read
/// is denied in any case. The same input gives the same lines.
///
/// Requirements in other stores and those that are skipped are left out. Errors:
/// of kind usage, nothing is in AWS, or a region is named nowhere; of kind limit,
/// it is too large in every form.
[[nodiscard]] base::Result<std::vector<std::string>> aws_permissions(
    std::span<const model::Requirement* const> requirements, const AwsPermissionOptions& options);

}  // namespace blindfold::advice
