#include "clients/kubernetes/connection.hpp"

#include <utility>

#include "clients/kubernetes/connection_parts.hpp"

namespace blindfold::kubernetes {
namespace {

// An API server announces 100 streams a connection. Its answers are compact only
// for names that do not begin with curl's, wget's or a browser's.
constexpr std::size_t most_streams = 80;
constexpr std::size_t call_connections = 2;
constexpr std::size_t stream_connections = 32;

http::ClientOptions options(std::size_t connections) {
  return {.streams = most_streams,
          .connections = connections,
          .user_agent = "blindfold/" BLINDFOLD_VERSION};
}

base::Result<http::Endpoint> copy(const http::Endpoint& endpoint) {
  http::Endpoint made{.url = endpoint.url,
                      .ca_pem = endpoint.ca_pem,
                      .certificate_pem = endpoint.certificate_pem,
                      .key_pem = {},
                      .server_name = endpoint.server_name,
                      .verify = endpoint.verify,
                      .proxy = endpoint.proxy};
  if (endpoint.key_pem.empty()) {
    return made;
  }
  auto key = secret::SecretBuffer::with_capacity(endpoint.key_pem.size());
  if (!key) {
    return std::unexpected(key.error());
  }
  const auto added =
      endpoint.key_pem.with_bytes([&key](std::string_view bytes) { return key->append(bytes); });
  if (!added) {
    return std::unexpected(added.error());
  }
  made.key_pem = *std::move(key);
  return made;
}

}  // namespace

base::Result<std::unique_ptr<Connection>> Connection::make(loop::Loop& loop, Account account,
                                                           helper::Helper* helper) {
  auto endpoint = copy(account.endpoint);
  if (!endpoint) {
    return std::unexpected(endpoint.error());
  }
  auto calls = http::Client::make(loop, *std::move(endpoint), options(call_connections));
  if (!calls) {
    return std::unexpected(calls.error());
  }
  std::string server = account.endpoint.url;
  std::string ca_pem = account.endpoint.ca_pem;
  auto streams = http::Client::make(loop, std::move(account.endpoint), options(stream_connections));
  if (!streams) {
    return std::unexpected(streams.error());
  }
  account.endpoint.url = std::move(server);
  return std::unique_ptr<Connection>(
      new Connection(std::make_unique<Parts>(loop, *std::move(calls), *std::move(streams),
                                             std::move(account), std::move(ca_pem), helper)));
}

Connection::Connection(std::unique_ptr<Parts> parts) noexcept : parts_(std::move(parts)) {
}

Connection::~Connection() = default;

const std::string& Connection::name_space() const noexcept {
  return parts_->name_space;
}

const std::string& Connection::server() const noexcept {
  return parts_->server;
}

}  // namespace blindfold::kubernetes
