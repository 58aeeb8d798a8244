#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace blindfold::base {

using Duration = std::chrono::milliseconds;

/// Reads "250ms", "30s", "5m", "12h" or "90d": digits and one unit, nothing
/// else. Nothing where it is not of that form or is over 10 years.
[[nodiscard]] std::optional<Duration> parse_duration(std::string_view text) noexcept;

/// In the largest of those units that divides it: 90 s is "90s", 120 s is "2m".
[[nodiscard]] std::string format_duration(Duration duration);

}  // namespace blindfold::base
