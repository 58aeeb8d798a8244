#include "show/advice/aws_permissions.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "show/advice/aws_scope.hpp"
#include "show/advice/iam_policy.hpp"

namespace blindfold::advice {
namespace {

using Lines = std::vector<std::string>;
using Objects = std::vector<AwsObject>;

void add_once(std::vector<std::string>& all, std::string one) {
  if (std::ranges::find(all, one) == all.end()) {
    all.push_back(std::move(one));
  }
}

std::string_view reason_of(AwsWidth width) noexcept {
  switch (width) {
    case AwsWidth::name:
      return "SeesThatEachSecretExistsAndWhichVersionIsCurrent";
    case AwsWidth::folder:
      return "SeesSecretsByFolderAsTheirNamesAreMoreThanIAMTakes";
    case AwsWidth::region:
      return "SeesSecretsByRegionAsTheirNamesAreMoreThanIAMTakes";
  }
  return {};
}

std::vector<std::string> regions_of(const Objects& objects, bool parameters) {
  std::vector<std::string> regions;
  for (const AwsObject& object : objects) {
    if (object.parameter == parameters) {
      add_once(regions, object.region);
    }
  }
  return regions;
}

void allow_secrets(std::vector<IamStatement>& statements, const Objects& objects, AwsWidth width) {
  std::vector<std::string> patterns;
  for (const AwsObject& object : objects) {
    if (!object.parameter) {
      add_once(patterns, arn_pattern(object, width));
    }
  }
  if (patterns.empty()) {
    return;
  }
  statements.push_back(
      {.sid = std::string(reason_of(width)),
       .allow = true,
       .actions = {"secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"},
       .resources = std::move(patterns)});
  statements.push_back({.sid = "ListsSecretsWithoutValuesForManyAtOnceAndForNearMisses",
                        .allow = true,
                        .actions = {"secretsmanager:ListSecrets"},
                        .condition_key = "aws:RequestedRegion",
                        .condition_values = regions_of(objects, false)});
}

void allow_parameters(std::vector<IamStatement>& statements, const Objects& objects) {
  std::vector<std::string> regions = regions_of(objects, true);
  if (!regions.empty()) {
    statements.push_back({.sid = "DescribesParametersWithoutValuesWhichIAMCannotLimitToNames",
                          .allow = true,
                          .actions = {"ssm:DescribeParameters"},
                          .condition_key = "aws:RequestedRegion",
                          .condition_values = std::move(regions)});
  }
}

void deny_reading(std::vector<IamStatement>& statements) {
  statements.push_back(
      {.sid = "NeverReadsASecretWhateverAnotherPolicyAllows",
       .actions = {"secretsmanager:BatchGetSecretValue", "secretsmanager:GetSecretValue"}});
  statements.push_back({.sid = "NeverReadsAParameterNotEvenEncrypted",
                        .actions = {"ssm:GetParameter", "ssm:GetParameterHistory",
                                    "ssm:GetParameters", "ssm:GetParametersByPath"}});
  statements.push_back({.sid = "NeverOverwritesAParameterThatIsThere",
                        .actions = {"ssm:PutParameter"},
                        .condition_key = "ssm:Overwrite",
                        .condition_values = {"true"}});
  statements.push_back(
      {.sid = "NeverDecryptsWhatTheTwoServicesKeepEncrypted", .actions = {"kms:Decrypt"}});
}

Lines policy(const Objects& objects, AwsWidth width) {
  std::vector<IamStatement> statements;
  allow_secrets(statements, objects, width);
  allow_parameters(statements, objects);
  deny_reading(statements);
  return iam_policy(statements);
}

}  // namespace

base::Result<Lines> aws_permissions(std::span<const model::Requirement* const> requirements,
                                    const AwsPermissionOptions& options) {
  const auto objects = aws_scope(requirements, options.region);
  if (!objects) {
    return std::unexpected(objects.error());
  }
  std::size_t size = 0;
  for (const AwsWidth width : {AwsWidth::name, AwsWidth::folder, AwsWidth::region}) {
    Lines lines = policy(*objects, width);
    size = counted_size(lines);
    if (size <= largest_policy) {
      return lines;
    }
  }
  return std::unexpected(base::Error{
      base::ErrorKind::limit,
      "the policy has " + std::to_string(size) + " characters, IAM takes " +
          std::to_string(largest_policy),
      "divide the manifest, and run an agent with an account of its own for each part"});
}

}  // namespace blindfold::advice
