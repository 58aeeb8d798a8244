#pragma once

#include <string>

#include "clients/aws/readers.hpp"
#include "core/model/locator.hpp"

namespace blindfold::detect {

/// Where in AWS a requirement is, as its locator says.
struct AwsPlace {
  model::StoreKind store = model::StoreKind::aws_secrets_manager;
  std::string region;   ///< an ARN's own, the locator's, the account's; empty: nothing says one
  std::string locator;  ///< as the manifest has it: a name or an ARN
  std::string arn;      ///< that ARN; empty where it is a name
  std::string name;     ///< the name alone, an ARN's without the random suffix
  std::string type;     ///< a parameter's; empty for a secret

  /// What the service is asked for: a secret by what the manifest has, a parameter
  /// by its name, as DescribeParameters finds it by nothing else.
  [[nodiscard]] const std::string& asked() const noexcept {
    return store == model::StoreKind::aws_secrets_manager ? locator : name;
  }
};

/// `locator` is in one of AWS's stores; `region` is for what names none.
[[nodiscard]] AwsPlace place_of(const model::Locator& locator, const std::string& region);

/// Whether that secret is what is looked for: the name alone, or the ARN, with
/// six random characters or without. Names that only begin alike are not.
[[nodiscard]] bool is_at(const AwsPlace& place, const aws::SecretFacts& facts) noexcept;

/// Whether that parameter is. One of the same name in another account than the
/// ARN's is not.
[[nodiscard]] bool is_at(const AwsPlace& place, const aws::ParameterFacts& facts) noexcept;

}  // namespace blindfold::detect
