#pragma once

#include <string_view>

namespace blindfold::aws {

/// Whether a byte stands for itself in a URL (RFC 3986, 2.3).
[[nodiscard]] constexpr bool is_unreserved(char byte) noexcept {
  return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         (byte >= '0' && byte <= '9') || std::string_view("-._~").contains(byte);
}

/// "%2F" for '/', a piece at a time: so that what is secret is copied nowhere
/// but where `append` puts it.
template <class Append>
constexpr void percent_encode(char byte, const Append& append) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  const auto number = static_cast<unsigned char>(byte);
  append('%');
  append(digits[number >> 4U]);
  append(digits[number & 15U]);
}

}  // namespace blindfold::aws
