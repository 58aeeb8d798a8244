#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace blindfold::base {

/// One code point and how many bytes it took.
struct CodePoint {
  char32_t value;
  std::size_t bytes;
};

/// The first code point of `text`; nothing where `text` is empty or does not
/// begin with well-formed UTF-8 (RFC 3629: no surrogates, no overlong forms).
[[nodiscard]] std::optional<CodePoint> first_code_point(std::string_view text) noexcept;

/// The offset of the first byte that is not well-formed UTF-8, or nothing.
[[nodiscard]] std::optional<std::size_t> first_invalid_utf8(std::string_view text) noexcept;

}  // namespace blindfold::base
