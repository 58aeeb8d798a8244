#include <algorithm>
#include <array>

#include "core/manifest/characters.hpp"
#include "core/manifest/rules.hpp"
#include "core/model/arn.hpp"

namespace blindfold::manifest {
namespace {

bool is_kubernetes_namespace(std::string_view text) noexcept {
  return is_label(text, false, 63);
}

bool is_kubernetes_name(std::string_view text) noexcept {
  return is_labels(text, false, 253);
}

bool is_kubernetes_key(std::string_view text) noexcept {
  return consists_of(text, "-._", 253) && text != "." && !text.starts_with("..");
}

bool is_kubernetes_type(std::string_view text) noexcept {
  return consists_of(text, "-._/", 253);
}

bool is_secrets_manager_name(std::string_view text) noexcept {
  return consists_of(text, "/_+=.@-", 512);
}

bool begins_reserved(std::string_view text) noexcept {
  if (text.starts_with('/')) {
    text.remove_prefix(1);
  }
  if (text.size() < 3) {
    return false;
  }
  std::array<char, 3> lower{};
  std::ranges::transform(text.substr(0, 3), lower.begin(),
                         [](char c) { return static_cast<char>(is_letter(c) ? c | 0x20 : c); });
  const std::string_view prefix(lower.data(), lower.size());
  return prefix == "aws" || prefix == "ssm";
}

bool is_parameter_name(std::string_view text) noexcept {
  if (!consists_of(text, "/_.-", 2'048) || begins_reserved(text)) {
    return false;
  }
  const bool nested = text.find('/') != std::string_view::npos;
  return !nested ||
         (text.front() == '/' && text.back() != '/' && text.find("//") == std::string_view::npos &&
          std::ranges::count(text, '/') <= 15);
}

// us-east-1, us-gov-west-1, us-iso-east-1, eusc-de-east-1.
bool is_aws_region(std::string_view text) noexcept {
  const std::size_t last = text.rfind('-');
  if (text.size() > 32 || last == std::string_view::npos || !is_label(text, false, 32)) {
    return false;
  }
  const std::string_view words = text.substr(0, last);
  const std::string_view number = text.substr(last + 1);
  return words.find('-') != std::string_view::npos && words.find("--") == std::string_view::npos &&
         words.back() != '-' && std::ranges::all_of(number, is_digit) &&
         std::ranges::none_of(words, is_digit);
}

bool is_name_pattern(std::string_view text) noexcept {
  return consists_of(text, "*/_+=.@:-", 2'048);
}

// "aws", "aws-cn", and a region and an account of twelve digits.
bool is_of_an_account(const model::Arn& arn) noexcept {
  return (arn.partition == "aws" ||
          (arn.partition.starts_with("aws-") && is_label(arn.partition, false, 32))) &&
         is_aws_region(arn.region) && arn.account.size() == 12 &&
         std::ranges::all_of(arn.account, is_digit);
}

bool is_secret(std::string_view text) noexcept {
  const auto arn = model::parse_arn(text);
  if (!arn) {
    return is_secrets_manager_name(text);
  }
  const auto name = model::secret_in(*arn);
  return name && is_of_an_account(*arn) && is_secrets_manager_name(model::without_suffix(*name));
}

bool is_parameter(std::string_view text) noexcept {
  const auto arn = model::parse_arn(text);
  if (!arn) {
    return is_parameter_name(text);
  }
  const auto name = model::parameter_in(*arn);
  return name && is_of_an_account(*arn) && is_parameter_name(*name);
}

}  // namespace

namespace rules {

constinit const Rule kubernetes_namespace{
    "a namespace", "a namespace is at most 63 lower-case letters, digits and hyphens",
    is_kubernetes_namespace};
constinit const Rule kubernetes_name{
    "a name in Kubernetes",
    "a name is at most 253 lower-case letters, digits, hyphens and dots, "
    "and begins and ends with a letter or a digit",
    is_kubernetes_name};
constinit const Rule kubernetes_key{
    "a key in Kubernetes",
    "a key is at most 253 letters, digits, `-`, `_` and `.`, and does not "
    "begin with `..`",
    is_kubernetes_key};
constinit const Rule kubernetes_type{"a Secret's type",
                                     "a type is at most 253 letters, digits, `-`, `.`, `_` and `/`",
                                     is_kubernetes_type};
constinit const Rule secrets_manager_name{
    "a name in Secrets Manager",
    "write the name, at most 512 letters, digits and `/_+=.@-`, or the "
    "secret's ARN",
    is_secret};
constinit const Rule parameter_name{
    "a name in Parameter Store",
    "write the name, at most 2,048 letters, digits, `.`, `-`, `_`, with `/` "
    "first where there is one, 15 levels, and neither aws nor ssm in front, or "
    "the parameter's ARN",
    is_parameter};
constinit const Rule aws_region{"an AWS region", "a region looks like us-east-1", is_aws_region};
constinit const Rule name_pattern{
    "a pattern of names",
    "a pattern is a name in Secrets Manager or Parameter Store; `*` stands "
    "for anything",
    is_name_pattern};
}  // namespace rules

}  // namespace blindfold::manifest
