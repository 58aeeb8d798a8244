#include "core/manifest/format.hpp"

#include <algorithm>
#include <charconv>
#include <limits>

#include "core/manifest/characters.hpp"
#include "core/manifest/rules.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::size_t longest_value = 4'096;

bool is_integer(std::string_view text, std::int64_t least, std::int64_t most) noexcept {
  std::int64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, value);
  if (error != std::errc{} || rest != end || value < least || value > most) {
    return false;
  }
  const std::string_view digits = text.substr(text.front() == '-' ? 1 : 0);
  return digits.front() != '0' || text == "0";
}

bool is_url(std::string_view text) noexcept {
  const std::string_view scheme = split_url(text).scheme;
  return scheme == "https" || scheme == "http";
}

bool is_email(std::string_view text) noexcept {
  const std::size_t at = text.find('@');
  if (at == std::string_view::npos) {
    return false;
  }
  constexpr std::string_view others = ".!#$%&'*+/=?^_`{|}~-";
  return consists_of(text.substr(0, at), others, 64) && is_hostname(text.substr(at + 1));
}

}  // namespace

std::string_view to_string(Format format) noexcept {
  switch (format) {
    case Format::text:
      return "text";
    case Format::hostname:
      return "hostname";
    case Format::url:
      return "url";
    case Format::email:
      return "email";
    case Format::port:
      return "port";
    case Format::integer:
      return "integer";
    case Format::choice:
      return "choice";
  }
  return {};
}

bool matches(Format format, std::span<const std::string> choices, std::string_view value) noexcept {
  if (value.size() > longest_value || !is_plain(value, false)) {
    return false;
  }
  switch (format) {
    case Format::text:
      return true;
    case Format::hostname:
      return is_hostname(value);
    case Format::url:
      return is_url(value);
    case Format::email:
      return is_email(value);
    case Format::port:
      return is_integer(value, 1, 65'535);
    case Format::integer:
      return is_integer(value, std::numeric_limits<std::int64_t>::min(),
                        std::numeric_limits<std::int64_t>::max());
    case Format::choice:
      return std::ranges::find(choices, value) != choices.end();
  }
  return false;
}

}  // namespace blindfold::manifest
