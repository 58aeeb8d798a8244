#include "clients/kubernetes/account_base64.hpp"

#include <array>
#include <cstddef>
#include <cstdint>

namespace blindfold::kubernetes {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::unexpected<base::Error> not_base64() {
  return std::unexpected(base::Error{base::ErrorKind::configuration, "is not base64", {}});
}

/// Four characters, up to two of them padding, and what they stand for.
struct Group {
  std::uint32_t bits = 0;
  std::size_t characters = 0;
  std::size_t padding = 0;

  /// Whether the character may stand here.
  bool add(char c) noexcept {
    const std::size_t value = alphabet.find(c);
    const bool pads = c == '=';
    if (pads ? characters < 2 : value == std::string_view::npos || padding != 0) {
      return false;
    }
    bits = (bits << 6U) | (pads ? 0U : static_cast<std::uint32_t>(value));
    padding += pads ? 1U : 0U;
    ++characters;
    return true;
  }

  [[nodiscard]] std::array<char, 3> bytes() const noexcept {
    return {static_cast<char>(bits >> 16U), static_cast<char>(bits >> 8U), static_cast<char>(bits)};
  }
};

}  // namespace

base::Result<secret::SecretBuffer> from_base64(std::string_view text) {
  auto decoded = secret::SecretBuffer::with_capacity(text.size() / 4 * 3 + 3);
  if (!decoded) {
    return decoded;
  }
  Group group;
  for (const char c : text) {
    if (c == '\n' || c == '\r') {
      continue;
    }
    if (group.characters == 4) {
      group = group.padding != 0 ? group : Group();
    }
    if (group.characters == 4 || !group.add(c)) {
      return not_base64();
    }
    if (group.characters == 4) {
      const auto bytes = group.bytes();
      if (const auto added = decoded->append({bytes.data(), 3 - group.padding}); !added) {
        return std::unexpected(added.error());
      }
    }
  }
  if (group.characters % 4 != 0) {
    return not_base64();
  }
  return decoded;
}

std::string to_base64(std::string_view bytes) {
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(bytes.size() < 3 ? bytes.size() : 3)) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 3; ++i) {
      bits = (bits << 8U) | (i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0U);
    }
    text += alphabet[bits >> 18U];
    text += alphabet[(bits >> 12U) & 63U];
    text += bytes.size() > 1 ? alphabet[(bits >> 6U) & 63U] : '=';
    text += bytes.size() > 2 ? alphabet[bits & 63U] : '=';
  }
  return text;
}

}  // namespace blindfold::kubernetes
