#pragma once

#include <sys/timerfd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <optional>

#include "platform/base/clock.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"
#include "support/manual_clock.hpp"

namespace blindfold::support {

[[nodiscard]] inline std::size_t open_descriptors() {
  const std::filesystem::directory_iterator entries("/proc/self/fd");
  return static_cast<std::size_t>(std::distance(begin(entries), end(entries)));
}

/// A loop for a test, and the check that it closed clean: the loop's destructor
/// aborts where it does not, the fixture's fails where a descriptor is left.
template <class ClockType>
class BasicLoopFixture {
 public:
  BasicLoopFixture() : descriptors_(descriptors_with_libuv_started()), loop_(clock) {}

  ~BasicLoopFixture() {
    loop_.reset();
    BOOST_TEST(open_descriptors() == descriptors_, "descriptors are left open");
  }
  BasicLoopFixture(const BasicLoopFixture&) = delete;
  BasicLoopFixture& operator=(const BasicLoopFixture&) = delete;

  /// Turns the loop, waiting for what happens, until `predicate` holds: whether
  /// it does within `limit`, which is real time whatever the clock says.
  [[nodiscard]] bool run_until(const std::function<bool()>& predicate,
                               std::chrono::milliseconds limit = std::chrono::seconds(10)) {
    const base::UniqueFd alarm(::timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC | TFD_NONBLOCK));
    const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(limit);
    itimerspec time{};
    time.it_value.tv_sec = seconds.count();
    time.it_value.tv_nsec = std::chrono::nanoseconds(limit - seconds).count() + 1;
    BOOST_REQUIRE(::timerfd_settime(alarm.get(), 0, &time, nullptr) == 0);

    bool late = false;
    loop::Poll poll(*loop_, [&late](loop::Readiness) noexcept { late = true; });
    BOOST_REQUIRE(poll.start(alarm.get(), loop::Readiness::readable).has_value());
    while (!predicate() && !late) {
      loop_->wait_turn();
    }
    return predicate();
  }

  /// Turns the loop without waiting, `turns` times: for showing that something
  /// does not happen.
  void turn(int turns = 1) {
    for (int i = 0; i < turns; ++i) {
      loop_->turn();
    }
  }

  [[nodiscard]] loop::Loop& loop() noexcept { return *loop_; }

  ClockType clock;

 private:
  /// libuv opens some for the process, once.
  static std::size_t descriptors_with_libuv_started() {
    const base::SystemClock system_clock;
    {
      const loop::Loop first(system_clock);
    }
    return open_descriptors();
  }

  std::size_t descriptors_;
  std::optional<loop::Loop> loop_;
};

using LoopFixture = BasicLoopFixture<base::SystemClock>;
using ManualLoopFixture = BasicLoopFixture<ManualClock>;

}  // namespace blindfold::support
