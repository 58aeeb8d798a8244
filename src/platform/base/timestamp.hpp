#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "platform/base/clock.hpp"

namespace blindfold::base {

enum class TimestampPrecision : std::uint8_t { seconds, microseconds };

/// RFC 3339 in UTC: "2026-11-23T12:00:00Z" or "2026-11-23T12:00:00.123456Z".
[[nodiscard]] std::string format_timestamp(SystemTime time, TimestampPrecision precision);

/// RFC 3339, "2026-11-23T12:00:00Z", "2026-11-23T13:00:00.5+01:00": cut to
/// microseconds. Nothing where it is not of that form.
[[nodiscard]] std::optional<SystemTime> parse_timestamp(std::string_view text) noexcept;

}  // namespace blindfold::base
