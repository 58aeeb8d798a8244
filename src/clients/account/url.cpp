#include "clients/account/url.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "core/manifest/characters.hpp"

namespace blindfold::account {
namespace {

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return result;
}

/// Takes the scheme off.
std::optional<bool> take_tls(std::string_view& text) {
  for (const auto& [scheme, tls] : {std::pair<std::string_view, bool>{"https://", true},
                                    std::pair<std::string_view, bool>{"http://", false}}) {
    if (lower(text.substr(0, scheme.size())) == scheme) {
      text.remove_prefix(scheme.size());
      return tls;
    }
  }
  return std::nullopt;
}

bool is_ipv6(std::string_view host) {
  in6_addr address{};
  return ::inet_pton(AF_INET6, std::string(host).c_str(), &address) == 1;
}

bool is_host(std::string_view host, bool bracketed) {
  // Names in a cluster may have underscores, whatever RFC 1123 says.
  return bracketed ? is_ipv6(host) : manifest::consists_of(host, "-._", 253);
}

bool read_port(std::string_view text, std::uint16_t& port) noexcept {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc() && end == text.data() + text.size() && port != 0;
}

bool is_path(std::string_view path) noexcept {
  return std::ranges::all_of(path, [](char c) { return c > ' ' && c <= '~'; }) &&
         path.find_first_of("?#\\") == std::string_view::npos;
}

}  // namespace

std::string in_brackets(std::string_view host) {
  const bool ipv6 = host.find(':') != std::string_view::npos;
  return ipv6 ? '[' + std::string(host) + ']' : std::string(host);
}

std::string ServerUrl::text() const {
  return (tls ? "https://" : "http://") + in_brackets(host) + ':' + std::to_string(port) + base;
}

bool ServerUrl::is_loopback() const noexcept {
  in_addr ipv4{};
  if (::inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
    return (ntohl(ipv4.s_addr) >> 24U) == 127U;
  }
  in6_addr ipv6{};
  if (::inet_pton(AF_INET6, host.c_str(), &ipv6) == 1) {
    return std::ranges::equal(ipv6.s6_addr, in6addr_loopback.s6_addr);
  }
  return host == "localhost";
}

std::optional<ServerUrl> parse_server_url(std::string_view text) {
  ServerUrl url;
  const auto tls = take_tls(text);
  if (!tls) {
    return std::nullopt;
  }
  url.tls = *tls;
  url.port = url.tls ? 443 : 80;
  const std::size_t slash = std::min(text.find('/'), text.size());
  const std::string_view authority = text.substr(0, slash);
  std::string_view path = text.substr(slash);
  path = path.substr(0, path.find_last_not_of('/') + 1);

  const bool bracketed = authority.starts_with('[');
  const std::size_t host_end = bracketed ? authority.find(']') : authority.find(':');
  const std::string_view host = authority.substr(bracketed ? 1 : 0, host_end - (bracketed ? 1 : 0));
  const std::string_view port = host_end == std::string_view::npos
                                    ? std::string_view()
                                    : authority.substr(host_end + (bracketed ? 1 : 0));
  if ((bracketed && host_end == std::string_view::npos) || !is_host(host, bracketed) ||
      !is_path(path) ||
      (!port.empty() && (port.front() != ':' || !read_port(port.substr(1), url.port)))) {
    return std::nullopt;
  }
  url.host = lower(host);
  url.base = path;
  return url;
}

}  // namespace blindfold::account
