#pragma once

#include <string>
#include <string_view>

#include "core/model/detail.hpp"
#include "core/model/sight.hpp"

namespace blindfold::report {

/// What words.hpp says of details that AWS alone has.
struct AwsWords {
  std::string operator()(const model::AwsMissing& detail) const;
  std::string operator()(const model::NoCurrentVersion& detail) const;
  std::string operator()(const model::ValueNotChecked& detail) const;
  std::string operator()(const model::ScheduledForDeletion& detail) const;
  std::string operator()(const model::ParameterType& detail) const;
  std::string operator()(const model::ActionDenied& detail) const;
  std::string operator()(const model::RegionMissing& detail) const;
  std::string operator()(const model::TooManyPages& detail) const;
  std::string operator()(const model::CredentialsMissing& detail) const;
  std::string operator()(const model::ServiceFailed& detail) const;
};

/// "environment", "web identity", "profile", "container", "instance metadata".
[[nodiscard]] std::string_view name_of(model::CredentialPlace place) noexcept;

/// "instance metadata: 169.254.169.254 did not answer in time: …"
[[nodiscard]] std::string describe(const model::CredentialFailure& failure);

/// Why the sight of a secret or a parameter is no better, and what makes it so;
/// empty for a reason that is not one of AWS's.
[[nodiscard]] std::string why_no_better_in_aws(const model::Sight& sight);

}  // namespace blindfold::report
