#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace blindfold::account {

/// Where an API server listens.
struct ServerUrl {
  bool tls = true;
  std::string host;  ///< a name, lower case, or an address, without brackets
  std::uint16_t port = 443;
  std::string base;  ///< the path in front of all others, "/k8s/clusters/c-1" for one; or empty

  /// "https://host:port/base", brackets around an IPv6 address.
  [[nodiscard]] std::string text() const;
  /// "localhost", or an address that never leaves this machine.
  [[nodiscard]] bool is_loopback() const noexcept;
};

/// Nothing where it is no http or https URL, or has a user, a query or a
/// fragment.
[[nodiscard]] std::optional<ServerUrl> parse_server_url(std::string_view text);

/// "[::1]" for "::1".
[[nodiscard]] std::string in_brackets(std::string_view host);

}  // namespace blindfold::account
