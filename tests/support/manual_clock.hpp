#pragma once

#include <chrono>

#include "platform/base/clock.hpp"

namespace blindfold::support {

/// A clock that a test advances. Begins on 2026-11-23 at noon, UTC; the steady
/// time at an hour, so that a test can go back from it.
class ManualClock final : public base::Clock {
 public:
  [[nodiscard]] base::Instant now() const noexcept override { return now_; }
  [[nodiscard]] bool passes() const noexcept override { return false; }

  /// On both clocks.
  void advance(std::chrono::microseconds by) noexcept {
    now_.steady += by;
    now_.system += by;
  }

 private:
  base::Instant now_{
      base::SteadyTime(std::chrono::hours(1)),
      base::SystemTime(std::chrono::sys_days(std::chrono::year(2026) / 11 / 23).time_since_epoch() +
                       std::chrono::hours(12))};
};

}  // namespace blindfold::support
