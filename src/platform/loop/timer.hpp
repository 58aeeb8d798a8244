#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>

#include "platform/base/clock.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::loop {

class TimerQueue;

/// Calls back once, at or after its deadline, never early. All timers of a loop
/// stand in one heap behind one libuv timer; those with one deadline fire in
/// the order in which they were started. Resolution: 1 ms, rounded up. A
/// deadline that has passed fires on the next turn, never from within start.
class Timer final {
 public:
  Timer(Loop& loop, Callback<> on_due) noexcept;
  ~Timer();
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  Timer(Timer&&) = delete;
  Timer& operator=(Timer&&) = delete;

  /// Starts, or starts again, counted from the loop's now().
  void start(std::chrono::nanoseconds delay) noexcept;
  void start_at(base::SteadyTime deadline) noexcept;
  void stop() noexcept;

  [[nodiscard]] bool active() const noexcept;
  [[nodiscard]] std::optional<base::SteadyTime> deadline() const noexcept;

 private:
  friend class TimerQueue;
  Loop& loop_;
  OwnedCallback<> on_due_;
  base::SteadyTime deadline_{};
  std::uint64_t order_ = 0;
  std::size_t position_ = 0;  ///< in the queue, from 1; 0: not started
  bool due_ = false;          ///< it is among those being called back
};

}  // namespace blindfold::loop
