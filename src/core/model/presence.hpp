#pragma once

#include <cstdint>
#include <string_view>

namespace blindfold::model {

/// What is known of a requirement's credential. Green needs positive evidence.
enum class Presence : std::uint8_t {
  present,
  missing,
  empty,       ///< exists, holds nothing
  incomplete,  ///< some of its keys are missing
  pending_deletion,
  wrong_type,
  denied,       ///< we may not look
  unreachable,  ///< we could not look for a while
  unknown,      ///< not looked yet
  skipped,      ///< not looked at, counts nowhere
};

enum class Color : std::uint8_t {
  green,  ///< present: the only checkmark
  red,    ///< looked, and it is not (rightly) there
  grey,   ///< could not be determined
  none,   ///< skipped
};

/// "present", "missing", …, "pending-deletion", "wrong-type", …
[[nodiscard]] std::string_view to_string(Presence presence) noexcept;

[[nodiscard]] Color color_of(Presence presence) noexcept;

}  // namespace blindfold::model
