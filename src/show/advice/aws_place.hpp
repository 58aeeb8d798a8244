#pragma once

#include <string>
#include <string_view>

#include "core/model/locator.hpp"

namespace blindfold::advice {

/// Where a secret or a parameter is, as the aws command line and the console
/// name it.
struct AwsPlace {
  std::string region;   ///< empty: nothing says one
  std::string account;  ///< of an ARN; empty: of whoever runs the command
  std::string name;     ///< to create it by: an ARN's, without its random ending
  std::string id;       ///< to find it by: the name or the ARN
  std::string ending;   ///< "-AbCdEf", what AWS added to the ARN; empty: none
};

/// `region` is for what names none.
[[nodiscard]] AwsPlace place_of(const model::SecretsManagerLocator& locator,
                                const std::string& region);
[[nodiscard]] AwsPlace place_of(const model::ParameterStoreLocator& locator,
                                const std::string& region);

/// "aws", "aws-cn", "aws-us-gov" and so on: the partition that a region is in
/// (botocore's partitions.json).
[[nodiscard]] std::string_view partition_of(std::string_view region) noexcept;

/// Where a browser shows the secret or, of Parameter Store, the region's
/// parameters. Empty where no region is known, or where the partition's console
/// has no public address.
[[nodiscard]] std::string secret_console(const AwsPlace& place);
[[nodiscard]] std::string parameter_console(const AwsPlace& place);

}  // namespace blindfold::advice
