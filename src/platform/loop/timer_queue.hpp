#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "platform/base/clock.hpp"

namespace blindfold::loop {

class Timer;

/// The timers of one loop: a binary heap by deadline and order of starting,
/// each timer knowing its place. It knows neither clock nor libuv.
class TimerQueue final {
 public:
  /// Of a timer that is not in it.
  void insert(Timer& timer, base::SteadyTime deadline) noexcept;
  /// Of one that may be in it.
  void remove(Timer& timer) noexcept;

  [[nodiscard]] std::optional<base::SteadyTime> next() const noexcept;

  /// Calls back, in order, those that are due at `now` and were started before
  /// the call. From within, every timer may be started, stopped and destroyed.
  void fire(base::SteadyTime now) noexcept;

 private:
  [[nodiscard]] static bool before(const Timer& a, const Timer& b) noexcept;
  void place(std::size_t index, Timer& timer) noexcept;
  void rise(std::size_t index, Timer& timer) noexcept;
  void sink(std::size_t index, Timer& timer) noexcept;
  Timer& take(std::size_t index) noexcept;

  std::vector<Timer*> heap_;
  std::vector<Timer*> due_;  ///< being called back; null: stopped meanwhile
  std::uint64_t last_order_ = 0;
};

}  // namespace blindfold::loop
