#pragma once

#include <chrono>

#include "platform/base/clock.hpp"

namespace blindfold::aws {

/// How far this machine's clock is behind the service's, measured from its
/// replies: the date of each against the middle of sending and receiving. Zero
/// where that is no more than a minute: AWS takes what is signed within five.
class ClockOffset final {
 public:
  /// A reply said `date`, and came at `received`, `took` after its request was
  /// sent.
  void note(std::chrono::sys_seconds date, base::SystemTime received,
            std::chrono::nanoseconds took) noexcept;

  /// To add to this machine's time for the service's.
  [[nodiscard]] std::chrono::microseconds value() const noexcept { return value_; }

  /// The service would take a signature of the one for one of the other.
  [[nodiscard]] static bool alike(std::chrono::microseconds one,
                                  std::chrono::microseconds other) noexcept;

 private:
  std::chrono::microseconds value_{};
};

}  // namespace blindfold::aws
