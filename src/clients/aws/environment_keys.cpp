#include <algorithm>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/chain_place.hpp"
#include "platform/base/timestamp.hpp"

namespace blindfold::aws {
namespace {

std::unexpected<base::Error> wrong(std::string what, std::string hint = {}) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, std::move(what), std::move(hint)});
}

bool may_stand_in_a_header(char c) noexcept {
  return c > ' ' && c <= '~';
}

/// The variable's value, copied; empty where it is not set.
base::Result<secret::SecretBuffer> secret(const Environment& environment, std::string_view name) {
  const auto found = environment.find(name);
  if (found == environment.end() || found->second.empty()) {
    return {};
  }
  if (!std::ranges::all_of(found->second, may_stand_in_a_header)) {
    return wrong(std::string(name) + " holds something else than a key or a token");
  }
  return account::copied(found->second);
}

base::Result<secret::SecretBuffer> session_token(const Environment& environment) {
  const bool usual = !variable(environment, "AWS_SESSION_TOKEN").empty();
  return secret(environment, usual ? "AWS_SESSION_TOKEN" : "AWS_SECURITY_TOKEN");
}

}  // namespace

base::Result<ChainPlace> environment_keys(const Environment& environment) {
  constexpr auto place = model::CredentialPlace::environment;
  constexpr const char* id_name = "AWS_ACCESS_KEY_ID";
  constexpr const char* key_name = "AWS_SECRET_ACCESS_KEY";
  const std::string id = variable(environment, id_name);
  auto key = secret(environment, key_name);
  auto token = session_token(environment);
  if (id.empty()) {
    const bool half = !key || !key->empty();
    return ChainPlace(std::unexpected(model::CredentialFailure{
        place, half ? model::CredentialTrouble::incomplete : model::CredentialTrouble::not_set,
        id_name}));
  }
  if (!key || !token) {
    return std::unexpected(key ? token.error() : key.error());
  }
  if (key->empty()) {
    return wrong(std::string(id_name) + " is set, and " + key_name + " is not",
                 "set both, or neither");
  }
  if (!std::ranges::all_of(id, may_stand_in_a_header)) {
    return wrong(std::string(id_name) + " holds something else than a key's id");
  }
  EnvironmentKeys keys{Credentials{.access_key_id = id,
                                   .secret_access_key = *std::move(key),
                                   .session_token = *std::move(token)}};
  const std::string expiration = variable(environment, "AWS_CREDENTIAL_EXPIRATION");
  if (!expiration.empty()) {
    keys.credentials.expires = base::parse_timestamp(expiration);
    if (!keys.credentials.expires) {
      return wrong("AWS_CREDENTIAL_EXPIRATION is no RFC 3339 time");
    }
  }
  return ChainPlace(Source{std::move(keys)});
}

}  // namespace blindfold::aws
