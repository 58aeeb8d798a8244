#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "clients/account/url.hpp"

namespace blindfold::account {

/// What the environment says of proxies: HTTPS_PROXY or https_proxy, and so on.
struct ProxyVariables {
  std::string https_proxy;
  std::string http_proxy;
  std::string no_proxy;
};

/// The proxy for `server` by these variables, as Go's net/http and so kubectl
/// takes them: none for loopback addresses and what no_proxy lists (`*`, names
/// with all beneath, `.name` for what is beneath only, addresses, networks, each
/// but these with a port or without). Empty: none; nothing: there is one that
/// cannot be used.
[[nodiscard]] std::optional<std::string> proxy_for(const ServerUrl& server,
                                                   const ProxyVariables& variables);

/// "http://…", "https://…", "socks5://…" or "socks5h://…" and a host.
[[nodiscard]] bool is_proxy_url(std::string_view text) noexcept;

}  // namespace blindfold::account
