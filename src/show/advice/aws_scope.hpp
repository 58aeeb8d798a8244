#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "core/model/requirement.hpp"
#include "platform/base/error.hpp"

namespace blindfold::advice {

/// A secret or a parameter as patterns and commands name it.
struct AwsObject {
  bool parameter = false;
  std::string partition;
  std::string region;
  std::string account;           ///< "*" where no ARN says one
  std::string name;              ///< of a secret known by its ARN: with its ending
  std::vector<std::string> ids;  ///< of the requirements
  bool ended = false;            ///< a secret's name has its ending
};

/// How closely a pattern fits.
enum class AwsWidth : std::uint8_t { name, folder, region };

/// For what in AWS rights are needed, in the order of the requirements, each
/// place once. Those in other stores and those that are skipped are left out.
/// Errors, of kind usage: nothing is in AWS, or a region is named nowhere.
[[nodiscard]] base::Result<std::vector<AwsObject>> aws_scope(
    std::span<const model::Requirement* const> requirements, const std::string& region);

/// The pattern of ARNs that the object is in.
[[nodiscard]] std::string arn_pattern(const AwsObject& object, AwsWidth width);

}  // namespace blindfold::advice
