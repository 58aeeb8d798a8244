#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace blindfold::manifest {

/// What a setting's value looks like.
enum class Format : std::uint8_t { text, hostname, url, email, port, integer, choice };

/// "text", "hostname", "url", "email", "port", "integer", "choice".
[[nodiscard]] std::string_view to_string(Format format) noexcept;

/// Whether a setting of that format may have that value. `choices` counts for
/// `choice` alone. Numbers are decimal, without leading zeros; nothing may hold
/// control characters or be longer than 4,096 bytes.
[[nodiscard]] bool matches(Format format, std::span<const std::string> choices,
                           std::string_view value) noexcept;

}  // namespace blindfold::manifest
