#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// How often questions are asked, whoever asks.
struct Pace {
  std::chrono::milliseconds quick;   ///< between two about what is not there
  std::chrono::milliseconds steady;  ///< and about what is
  std::uint32_t count;               ///< at most so many
  std::chrono::milliseconds per;     ///< in so long
};

/// Limits questions to the pace's `count` in each `per`, evenly spread; unused
/// ones are kept, up to `burst` in all. Several may share one: each by its Turn.
class RateLimit final {
 public:
  RateLimit(const Pace& pace, std::uint32_t burst) noexcept;

  /// When one question more may be asked, which is the caller's from now on.
  [[nodiscard]] base::SteadyTime book(base::SteadyTime now) noexcept;
  /// What book() would say.
  [[nodiscard]] base::SteadyTime next(base::SteadyTime now) const noexcept;
  /// From one to the next.
  [[nodiscard]] std::chrono::nanoseconds interval() const noexcept { return interval_; }
  /// Books one where it may be asked now.
  [[nodiscard]] bool take(base::SteadyTime now) noexcept;

 private:
  std::chrono::nanoseconds interval_;  ///< after which there is one more
  std::chrono::nanoseconds kept_;      ///< how far ahead of that it may be
  base::SteadyTime booked_{};          ///< when there is the one after those booked
};

/// One of those who share a rate. It books its next question and waits for that
/// time, so it gets its turn however much the others ask.
class Turn final {
 public:
  /// `rate` outlives it.
  explicit Turn(RateLimit& rate) noexcept : rate_(rate) {}

  /// Whether it has come. Called when there is something to ask.
  [[nodiscard]] bool take(base::SteadyTime now) noexcept;
  /// When it comes, as far as is known.
  [[nodiscard]] base::SteadyTime next(base::SteadyTime now) const noexcept;

 private:
  RateLimit& rate_;
  std::optional<base::SteadyTime> slot_;  ///< booked
};

}  // namespace blindfold::detect
