#pragma once

#include <cstdint>
#include <string>

#include "platform/base/clock.hpp"

namespace blindfold::base {

enum class TimestampPrecision : std::uint8_t { seconds, microseconds };

/// RFC 3339 in UTC: "2026-11-23T12:00:00Z" or "2026-11-23T12:00:00.123456Z".
[[nodiscard]] std::string format_timestamp(SystemTime time, TimestampPrecision precision);

}  // namespace blindfold::base
