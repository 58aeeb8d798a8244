#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/account/url.hpp"
#include "clients/aws/chain_place.hpp"

namespace blindfold::aws {
namespace {

constexpr const char* relative_name = "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI";
constexpr const char* full_name = "AWS_CONTAINER_CREDENTIALS_FULL_URI";
constexpr const char* file_name = "AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE";
constexpr const char* token_name = "AWS_CONTAINER_AUTHORIZATION_TOKEN";

std::unexpected<base::Error> wrong(std::string what, std::string hint = {}) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, std::move(what), std::move(hint)});
}

/// "TOKEN", or "SCHEME TOKEN".
bool may_stand_in_a_header(std::string_view text) noexcept {
  const std::size_t token = text.find(' ') + 1;
  return token < text.size() && token != 1 &&
         std::ranges::all_of(
             text.substr(token), [](char c) { return c > ' ' && c <= '~'; }) &&
         std::ranges::all_of(text.substr(0, token), [](char c) { return c >= ' ' && c <= '~'; });
}

bool may_stand_in_a_target(char c) noexcept {
  return c > ' ' && c <= '~' && c != '#' && c != '\\';
}

/// Those that a token may be sent to in the clear: ECS, and EKS Pod Identity.
bool is_of_a_container(const account::ServerUrl& server) {
  constexpr std::array<std::string_view, 3> agents{"169.254.170.2", "169.254.170.23",
                                                   "fd00:ec2::23"};
  return server.is_loopback() || std::ranges::find(agents, server.host) != agents.end();
}

base::Result<std::string> url_of(const Environment& environment) {
  constexpr const char* relative_to = "http://169.254.170.2";
  const std::string relative = variable(environment, relative_name);
  const std::string name = relative.empty() ? full_name : relative_name;
  std::string url = relative.empty() ? variable(environment, full_name) : relative_to + relative;
  const std::size_t host = url.find("://");
  const std::size_t path = host == std::string::npos ? host : url.find_first_of("/?", host + 3);
  const auto server = account::parse_server_url(url.substr(0, path));
  const bool target_is_good =
      path == std::string::npos ||
      (url[path] == '/' && std::ranges::all_of(url.substr(path), may_stand_in_a_target));
  if (!server || !target_is_good || (!relative.empty() && !relative.starts_with('/'))) {
    return wrong(name + " is no address that credentials could come from");
  }
  if (!server->tls && !is_of_a_container(*server)) {
    return wrong(name +
                     " names another host than this machine or the container's agent, and "
                     "not by https",
                 "use https, or 169.254.170.2, 169.254.170.23, [fd00:ec2::23] or a loopback "
                 "address");
  }
  return url;
}

}  // namespace

base::Result<ChainPlace> container(const Environment& environment, const Profiles& profiles) {
  if (variable(environment, relative_name).empty() && variable(environment, full_name).empty()) {
    return ChainPlace(std::unexpected(model::CredentialFailure{
        model::CredentialPlace::container, model::CredentialTrouble::not_set, full_name}));
  }
  auto url = url_of(environment);
  if (!url) {
    return std::unexpected(std::move(url.error()));
  }
  Container found{.url = *std::move(url), .token_file = {}};
  const std::string file = variable(environment, file_name);
  if (!file.empty()) {
    found.token_file = profiles.absolute(file);
  } else if (const auto token = environment.find(token_name);
             token != environment.end() && !token->second.empty()) {
    if (!may_stand_in_a_header(token->second)) {
      return wrong(std::string(token_name) + " cannot stand in a header");
    }
    auto copied = account::copied(token->second);
    if (!copied) {
      return std::unexpected(std::move(copied.error()));
    }
    found.token = *std::move(copied);
  }
  return ChainPlace(Source{std::move(found)});
}

}  // namespace blindfold::aws
