#include "show/advice/aws_place.hpp"

#include <array>
#include <utility>

#include "core/model/arn.hpp"

namespace blindfold::advice {
namespace {

using Pair = std::pair<std::string_view, std::string_view>;

/// The beginning of a region and its partition; others are in "aws".
constexpr auto partitions = std::to_array<Pair>({
    {"cn-", "aws-cn"},
    {"us-gov-", "aws-us-gov"},
    {"us-iso-", "aws-iso"},
    {"us-isob-", "aws-iso-b"},
    {"us-isof-", "aws-iso-f"},
    {"eu-isoe-", "aws-iso-e"},
    {"eusc-", "aws-eusc"},
});

constexpr auto consoles = std::to_array<Pair>({
    {"aws", "console.aws.amazon.com"},
    {"aws-cn", "console.amazonaws.cn"},
    {"aws-us-gov", "console.amazonaws-us-gov.com"},
});

std::string_view console_of(std::string_view region) noexcept {
  for (const auto& [partition, host] : consoles) {
    if (partition == partition_of(region)) {
      return host;
    }
  }
  return {};
}

/// "https://REGION.HOST" and `path`; empty where there is none.
std::string console(const std::string& region, std::string_view path) {
  const std::string_view host = console_of(region);
  if (region.empty() || host.empty()) {
    return {};
  }
  return ("https://" + region + ".").append(host).append(path);
}

std::string percent_encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  constexpr std::string_view unreserved =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~";
  std::string out;
  for (const char byte : text) {
    if (unreserved.contains(byte)) {
      out += byte;
    } else {
      const auto value = static_cast<unsigned char>(byte);
      out.append("%").append(1, digits[value >> 4U]).append(1, digits[value & 15U]);
    }
  }
  return out;
}

}  // namespace

AwsPlace place_of(const model::SecretsManagerLocator& locator, const std::string& region) {
  AwsPlace place{.region = locator.region.empty() ? region : locator.region,
                 .account = {},
                 .name = locator.name,
                 .id = locator.name,
                 .ending = {}};
  if (const auto arn = model::parse_arn(locator.name)) {
    const std::string_view named = model::secret_in(*arn).value_or(std::string_view());
    place.region = arn->region;
    place.account = arn->account;
    place.name = model::without_suffix(named);
    place.ending = named.substr(place.name.size());
  }
  return place;
}

AwsPlace place_of(const model::ParameterStoreLocator& locator, const std::string& region) {
  AwsPlace place{.region = locator.region.empty() ? region : locator.region,
                 .account = {},
                 .name = locator.name,
                 .id = locator.name,
                 .ending = {}};
  if (const auto arn = model::parse_arn(locator.name)) {
    place.region = arn->region;
    place.account = arn->account;
    place.name = model::parameter_in(*arn).value_or(std::string_view());
  }
  return place;
}

std::string_view partition_of(std::string_view region) noexcept {
  for (const auto& [beginning, partition] : partitions) {
    if (region.starts_with(beginning)) {
      return partition;
    }
  }
  return "aws";
}

std::string secret_console(const AwsPlace& place) {
  return console(place.region, "/secretsmanager/secret?name=" + percent_encoded(place.name) +
                                   "&region=" + place.region);
}

std::string parameter_console(const AwsPlace& place) {
  return console(place.region, "/systems-manager/parameters/?region=" + place.region);
}

}  // namespace blindfold::advice
