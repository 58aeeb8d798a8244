#include "platform/base/utf8.hpp"

#include <array>

namespace blindfold::base {
namespace {

constexpr std::array<char32_t, 5> smallest{0, 0, 0x80, 0x800, 0x10000};

std::size_t sequence_length(unsigned char lead) noexcept {
  if (lead < 0x80) {
    return 1;
  }
  if (lead >= 0xc2 && lead < 0xe0) {
    return 2;
  }
  if (lead >= 0xe0 && lead < 0xf0) {
    return 3;
  }
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0;
}

}  // namespace

std::optional<CodePoint> first_code_point(std::string_view text) noexcept {
  if (text.empty()) {
    return std::nullopt;
  }
  const auto lead = static_cast<unsigned char>(text.front());
  const std::size_t length = sequence_length(lead);
  if (length == 0 || length > text.size()) {
    return std::nullopt;
  }
  if (length == 1) {
    return CodePoint{lead, 1};
  }
  char32_t value = lead & (0x7fU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0U) != 0x80U) {
      return std::nullopt;
    }
    value = (value << 6U) | (byte & 0x3fU);
  }
  const bool surrogate = value >= 0xd800 && value < 0xe000;
  if (value < smallest[length] || surrogate || value > 0x10ffff) {
    return std::nullopt;
  }
  return CodePoint{value, length};
}

std::optional<std::size_t> first_invalid_utf8(std::string_view text) noexcept {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto point = first_code_point(text.substr(offset));
    if (!point) {
      return offset;
    }
    offset += point->bytes;
  }
  return std::nullopt;
}

}  // namespace blindfold::base
