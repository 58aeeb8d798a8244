#include "core/manifest/rules.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>

#include "core/manifest/characters.hpp"
#include "platform/base/utf8.hpp"

namespace blindfold::manifest {
namespace {

std::size_t characters(std::string_view text) noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      text, [](char c) { return (static_cast<unsigned char>(c) & 0xc0U) != 0x80U; }));
}

bool is_schema(std::string_view text) noexcept {
  return text == "blindfold/1";
}

bool is_id(std::string_view text) noexcept {
  return is_label(text, false, 63);
}

bool is_line(std::string_view text) noexcept {
  return !text.empty() && characters(text) <= 200 && is_plain(text, false);
}

bool is_paragraph(std::string_view text) noexcept {
  return !text.empty() && characters(text) <= 2'000 && is_plain(text, true);
}

bool is_loopback(std::string_view host) noexcept {
  if (host == "localhost" || host == "[::1]") {
    return true;
  }
  std::array<char, INET_ADDRSTRLEN> name{};
  if (host.size() >= name.size()) {
    return false;
  }
  std::ranges::copy(host, name.begin());
  in_addr address{};
  return inet_pton(AF_INET, name.data(), &address) == 1 && (ntohl(address.s_addr) >> 24U) == 127;
}

bool is_allowed_url(std::string_view text) noexcept {
  const UrlParts parts = split_url(text);
  return parts.scheme == "https" || (parts.scheme == "http" && is_loopback(parts.host));
}

bool is_path(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 4'095 && text.front() != '~';
}

bool is_absolute_path(std::string_view text) noexcept {
  return is_path(text) && text.front() == '/';
}

bool is_argument(std::string_view text) noexcept {
  return text.size() <= 4'096;
}

bool is_value(std::string_view text) noexcept {
  return text.size() <= 4'096 && is_plain(text, false);
}

bool is_pattern(std::string_view text) noexcept {
  return !text.empty() && characters(text) <= 1'000 && is_plain(text, false);
}

bool is_file_key(std::string_view text) noexcept {
  return !text.empty() && text.size() <= 255 && text != "." && text != ".." &&
         text.find('/') == std::string_view::npos;
}

bool is_bundle_entry(std::string_view text) noexcept {
  return consists_of(text, "-._/", 253);
}

// "Ed", 8 bytes of key number and 32 of key, in base64.
bool is_minisign_key(std::string_view text) noexcept {
  return text.size() == 56 && consists_of(text, "+/", 56) && text.starts_with("RW") &&
         text[2] >= 'Q' && text[2] <= 'T';
}

bool is_ip_address(std::string_view text) noexcept {
  std::array<char, INET6_ADDRSTRLEN> name{};
  if (text.size() >= name.size()) {
    return false;
  }
  std::ranges::copy(text, name.begin());
  in6_addr address{};
  return inet_pton(AF_INET, name.data(), &address) == 1 ||
         inet_pton(AF_INET6, name.data(), &address) == 1;
}

bool is_systemd_unit(std::string_view text) noexcept {
  constexpr std::string_view ending = ".service";
  return text.ends_with(ending) && text.size() > ending.size() && consists_of(text, ":-_.\\@", 255);
}

}  // namespace

bool is_plain(std::string_view text, bool lines) noexcept {
  while (!text.empty()) {
    const auto point = base::first_code_point(text);
    const bool line_end = lines && (text.front() == '\n' || text.front() == '\t');
    if (!point || (point->value < 0x20 && !line_end) ||
        (point->value >= 0x7f && point->value < 0xa0)) {
      return false;
    }
    text.remove_prefix(point->bytes);
  }
  return true;
}

bool is_hostname(std::string_view text) noexcept {
  return is_labels(text, true, 63);
}

UrlParts split_url(std::string_view text) noexcept {
  const std::size_t colon = text.find("://");
  if (text.size() > 2'048 || colon == std::string_view::npos ||
      !std::ranges::all_of(text, [](char c) { return c > ' ' && c <= '~'; })) {
    return {};
  }
  const std::string_view rest = text.substr(colon + 3);
  const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
  const std::size_t host_end =
      authority.starts_with('[') ? authority.find(']') + 1 : authority.find(':');
  const std::string_view host = authority.substr(0, host_end);
  const std::string_view port = authority.substr(host.size());
  const bool bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']' &&
                         is_ip_address(host.substr(1, host.size() - 2));
  if (!bracketed && !is_hostname(host)) {
    return {};
  }
  if (!port.empty()) {
    std::uint16_t number = 0;
    const char* const end = port.data() + port.size();
    const auto [rest_of_port, error] = std::from_chars(port.data() + 1, end, number);
    if (port.front() != ':' || error != std::errc{} || rest_of_port != end || number == 0) {
      return {};
    }
  }
  return {text.substr(0, colon), host};
}

namespace rules {

constinit const Rule schema{"a schema that this agent reads", "write schema: blindfold/1",
                            is_schema};
constinit const Rule id{
    "an id",
    "an id is at most 63 lower-case letters, digits and hyphens, and begins and ends "
    "with a letter or a digit",
    is_id};
constinit const Rule line{"a title", "write at most 200 characters, on one line", is_line};
constinit const Rule paragraph{
    "a text to show", "write at most 2,000 characters, none a control character", is_paragraph};
constinit const Rule url{
    "a URL to use",
    "write https://HOST/…, without user name and password; http:// only to this "
    "machine's loopback",
    is_allowed_url};
constinit const Rule path{"a path to use",
                          "a path has 1 to 4,095 bytes; `~` is not replaced: write the folder out",
                          is_path};
constinit const Rule absolute_path{"an absolute path", "write the whole path, from `/` on",
                                   is_absolute_path};
constinit const Rule argument{"an argument to use", "an argument has at most 4,096 bytes",
                              is_argument};
constinit const Rule value{"a setting's value", "write at most 4,096 bytes, on one line", is_value};
constinit const Rule choice{"a choice to use", "write 1 to 200 characters, on one line", is_line};
constinit const Rule pattern{"a pattern to use", "a pattern has 1 to 1,000 characters, on one line",
                             is_pattern};
constinit const Rule file_key{
    "a file's name",
    "a key is a file in the folder: a name of 1 to 255 bytes without `/`, and "
    "neither `.` nor `..`",
    is_file_key};
constinit const Rule bundle_entry{"the name of an entry",
                                  "write at most 253 letters, digits, `-`, `.`, `_` and `/`",
                                  is_bundle_entry};
constinit const Rule minisign_key{
    "a minisign public key",
    "it is the second line of minisign.pub: 56 characters that begin with RW", is_minisign_key};
constinit const Rule ip_address{"an IP address", "write an IPv4 or IPv6 address, without a port",
                                is_ip_address};
constinit const Rule systemd_unit{"a systemd service", "a unit's name ends in .service",
                                  is_systemd_unit};

}  // namespace rules

}  // namespace blindfold::manifest
