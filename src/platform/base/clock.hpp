#pragma once

#include <chrono>

namespace blindfold::base {

using SteadyTime = std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>;
using SystemTime = std::chrono::time_point<std::chrono::system_clock, std::chrono::microseconds>;

/// One moment on both clocks: `steady` is for deciding, `system` for showing.
struct Instant {
  SteadyTime steady;
  SystemTime system;

  friend bool operator==(const Instant&, const Instant&) = default;
};

/// Tells the time. Tests have one that they advance by hand.
class Clock {
 public:
  virtual ~Clock() = default;

  [[nodiscard]] virtual Instant now() const noexcept = 0;

  /// Whether time passes by itself. Where it does not, a loop arms no timer of
  /// the kernel's: whoever advances the clock then turns the loop.
  [[nodiscard]] virtual bool passes() const noexcept = 0;
};

/// CLOCK_MONOTONIC and CLOCK_REALTIME.
class SystemClock final : public Clock {
 public:
  [[nodiscard]] Instant now() const noexcept override;
  [[nodiscard]] bool passes() const noexcept override { return true; }
};

}  // namespace blindfold::base
