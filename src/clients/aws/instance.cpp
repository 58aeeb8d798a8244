#include <algorithm>
#include <string>
#include <utility>

#include "clients/account/url.hpp"
#include "clients/aws/chain_place.hpp"

namespace blindfold::aws {
namespace {

constexpr const char* disabled_name = "AWS_EC2_METADATA_DISABLED";
constexpr const char* endpoint_name = "AWS_EC2_METADATA_SERVICE_ENDPOINT";
constexpr const char* mode_name = "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE";

std::string lower(std::string text) {
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

std::string value_of(const Environment& environment, const Profiles& profiles, const char* name,
                     std::string_view key) {
  const std::string value = variable(environment, name);
  return value.empty() ? profiles.chosen_value(key) : value;
}

std::unexpected<base::Error> wrong(std::string what, std::string hint) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, std::move(what), std::move(hint)});
}

}  // namespace

base::Result<ChainPlace> instance(const Environment& environment, const Profiles& profiles) {
  if (lower(variable(environment, disabled_name)) == "true") {
    return ChainPlace(std::unexpected(model::CredentialFailure{
        model::CredentialPlace::instance, model::CredentialTrouble::switched_off, disabled_name}));
  }
  const std::string named =
      value_of(environment, profiles, endpoint_name, "ec2_metadata_service_endpoint");
  if (!named.empty()) {
    const auto server = account::parse_server_url(named);
    if (!server) {
      return wrong(std::string(endpoint_name) + " is no http or https URL",
                   "http://169.254.169.254 where nothing says so");
    }
    return ChainPlace(Source{Instance{server->text()}});
  }
  const std::string mode =
      lower(value_of(environment, profiles, mode_name, "ec2_metadata_service_endpoint_mode"));
  if (!mode.empty() && mode != "ipv4" && mode != "ipv6") {
    return wrong(std::string(mode_name) + " is neither IPv4 nor IPv6", {});
  }
  return ChainPlace(
      Source{Instance{mode == "ipv6" ? "http://[fd00:ec2::254]" : "http://169.254.169.254"}});
}

}  // namespace blindfold::aws
