#pragma once

#include <cstddef>
#include <string_view>

namespace blindfold::manifest {

/// What names are made of: ASCII alone.

[[nodiscard]] bool is_digit(char c) noexcept;
[[nodiscard]] bool is_letter(char c) noexcept;
[[nodiscard]] bool is_alphanumeric(char c) noexcept;

/// Whether `text` has 1 to `longest` characters, each alphanumeric or of `others`.
[[nodiscard]] bool consists_of(std::string_view text, std::string_view others,
                               std::size_t longest) noexcept;

/// RFC 1123: letters, digits and hyphens, none of which begins or ends it.
/// `upper`: also upper-case letters.
[[nodiscard]] bool is_label(std::string_view text, bool upper, std::size_t longest) noexcept;

/// Labels with dots between, 253 bytes at most.
[[nodiscard]] bool is_labels(std::string_view text, bool upper, std::size_t longest_label) noexcept;

}  // namespace blindfold::manifest
