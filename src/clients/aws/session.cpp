#include "clients/aws/session.hpp"

#include <utility>

#include "clients/account/url.hpp"
#include "clients/aws/session_parts.hpp"

namespace blindfold::aws {
namespace {

// Each loads the certificates that are trusted, which takes milliseconds.
constexpr std::size_t connections = 2;

// Only its form counts: for a look at what is configured where no region is.
constexpr const char* stand_in = "us-east-1";

/// "host", "host:port": the port where it is not the scheme's own, as HTTP's
/// clients send it (RFC 9110, 7.2).
std::string host_and_port(const account::ServerUrl& url) {
  const bool own = url.port == (url.tls ? 443 : 80);
  return account::in_brackets(url.host) + (own ? "" : ':' + std::to_string(url.port));
}

}  // namespace

base::Result<Way*> Session::Parts::way(ServiceHost host, const std::string& region) {
  const auto found = ways.find({host, region});
  if (found != ways.end()) {
    return &found->second;
  }
  auto endpoint = endpoint_of(account, host, region);
  if (!endpoint) {
    return std::unexpected(endpoint.error());
  }
  const account::ServerUrl url = account::parse_server_url(endpoint->url).value();
  auto client = http::Client::make(
      loop, *std::move(endpoint),
      {.connections = connections, .user_agent = "blindfold/" BLINDFOLD_VERSION});
  if (!client) {
    return std::unexpected(client.error());
  }
  Way made{.client = *std::move(client),
           .host = host_and_port(url),
           .path = url.base + '/',
           .scope = {.region = region, .service = std::string(signing_name(host))}};
  return &ways.emplace(std::pair(host, region), std::move(made)).first->second;
}

base::Result<std::unique_ptr<Session>> Session::make(loop::Loop& loop, const Account& account,
                                                     std::size_t source, helper::Helper* helper) {
  const Source* const chosen = source < account.sources.size() ? &account.sources[source] : nullptr;
  auto parts = std::make_unique<Parts>(loop, account, chosen, helper);
  const std::string region = account.region.empty() ? stand_in : account.region;
  for (const ServiceHost host : {ServiceHost::secrets_manager, ServiceHost::ssm}) {
    if (const auto way = parts->way(host, region); !way) {
      return std::unexpected(way.error());
    }
  }
  return std::unique_ptr<Session>(new Session(std::move(parts)));
}

Session::Session(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {
}

Session::~Session() = default;

const std::string& Session::region() const noexcept {
  return parts_->account.region;
}

std::string Session::server(Service service, const std::string& region) const {
  const auto url =
      account::parse_server_url(endpoint_url(parts_->account.endpoints, host_of(service), region));
  return url ? host_and_port(*url) : std::string();
}

}  // namespace blindfold::aws
