#include "clients/account/proxy.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <cstdint>

namespace blindfold::account {
namespace {

/// An IPv4 address as IPv6 has it (RFC 4291, 2.5.5.2), so that there is one kind.
using Address = std::array<std::uint8_t, 16>;
constexpr std::size_t mapped_bits = 96;

std::optional<Address> address_of(std::string_view text) {
  const std::string terminated(text);
  Address address{};
  if (::inet_pton(AF_INET6, terminated.c_str(), address.data()) == 1) {
    return address;
  }
  address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  if (::inet_pton(AF_INET, terminated.c_str(), &address[mapped_bits / 8]) == 1) {
    return address;
  }
  return std::nullopt;
}

std::optional<std::size_t> number_in(std::string_view text, std::size_t most) noexcept {
  std::size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  return whole && number <= most ? std::optional(number) : std::nullopt;
}

bool same_bits(const Address& a, const Address& b, std::size_t bits) noexcept {
  for (std::size_t bit = 0; bit < bits; ++bit) {
    if (((a[bit / 8] ^ b[bit / 8]) >> (7 - bit % 8) & 1) != 0) {
      return false;
    }
  }
  return true;
}

/// Whether `entry` is a network, and the address in it.
std::optional<bool> in_network(std::string_view entry, const std::optional<Address>& address) {
  const std::size_t slash = entry.find('/');
  const auto network = address_of(entry.substr(0, slash));
  if (slash == std::string_view::npos || !network) {
    return std::nullopt;
  }
  const bool ipv4 = entry.find(':') == std::string_view::npos;
  const auto bits = number_in(entry.substr(slash + 1), ipv4 ? 32 : 128);
  if (!bits) {
    return std::nullopt;
  }
  return address && same_bits(*network, *address, *bits + (ipv4 ? mapped_bits : 0));
}

struct HostAndPort {
  std::string_view host;
  std::string_view port;  ///< empty: every one
};

/// "host", "host:port", "address", "[address]:port".
HostAndPort split(std::string_view entry) noexcept {
  if (entry.starts_with('[')) {
    const std::size_t end = std::min(entry.find(']'), entry.size() - 1);
    const std::string_view rest = entry.substr(end + 1);
    return {entry.substr(1, end - 1), rest.substr(rest.starts_with(':') ? 1 : 0)};
  }
  const std::size_t colon = entry.find(':');
  if (colon == std::string_view::npos || entry.find(':', colon + 1) != std::string_view::npos) {
    return {entry, {}};
  }
  return {entry.substr(0, colon), entry.substr(colon + 1)};
}

bool is_of_domain(std::string_view host, std::string_view domain) noexcept {
  if (domain.starts_with("*.")) {
    domain.remove_prefix(1);
  }
  if (domain.empty()) {
    return false;
  }
  if (domain.starts_with('.')) {
    return host.ends_with(domain);
  }
  return host == domain || (host.ends_with(domain) && host[host.size() - domain.size() - 1] == '.');
}

bool covers(std::string_view entry, const ServerUrl& server) {
  const auto address = address_of(server.host);
  if (entry == "*") {
    return true;
  }
  if (const auto inside = in_network(entry, address)) {
    return *inside;
  }
  const HostAndPort wanted = split(entry);
  if (!wanted.port.empty() && wanted.port != std::to_string(server.port)) {
    return false;
  }
  const auto wanted_address = address_of(wanted.host);
  if (address || wanted_address) {
    return address == wanted_address;
  }
  return is_of_domain(server.host, wanted.host);
}

/// In lower case, without white space around it.
std::string cleaned(std::string_view entry) {
  const std::size_t begin = std::min(entry.find_first_not_of(" \t"), entry.size());
  std::string text(entry.substr(begin, entry.find_last_not_of(" \t") + 1 - begin));
  std::ranges::transform(text, text.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return text;
}

bool is_excepted(const ServerUrl& server, std::string_view no_proxy) {
  while (!no_proxy.empty()) {
    const std::string_view entry = no_proxy.substr(0, no_proxy.find(','));
    no_proxy.remove_prefix(std::min(entry.size() + 1, no_proxy.size()));
    if (covers(cleaned(entry), server)) {
      return true;
    }
  }
  return server.is_loopback();
}

}  // namespace

bool is_proxy_url(std::string_view text) noexcept {
  constexpr std::array<std::string_view, 4> schemes{"http://", "https://", "socks5://",
                                                    "socks5h://"};
  const auto* const scheme = std::ranges::find_if(
      schemes, [text](std::string_view each) { return text.starts_with(each); });
  return scheme != schemes.end() && text.size() > scheme->size() && text[scheme->size()] != '/' &&
         std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; });
}

std::optional<std::string> proxy_for(const ServerUrl& server, const ProxyVariables& variables) {
  const std::string& named = server.tls ? variables.https_proxy : variables.http_proxy;
  if (named.empty() || is_excepted(server, variables.no_proxy)) {
    return std::string();
  }
  std::string proxy = named.find("://") != std::string::npos ? named : "http://" + named;
  return is_proxy_url(proxy) ? std::optional(std::move(proxy)) : std::nullopt;
}

}  // namespace blindfold::account
