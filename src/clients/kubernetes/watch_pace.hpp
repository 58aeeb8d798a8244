#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "clients/kubernetes/status.hpp"
#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/random.hpp"

namespace blindfold::kubernetes {

/// When a watch is started again, and for how long one is asked for.
class WatchPace final {
 public:
  using Duration = std::chrono::milliseconds;

  /// What has lived that long was a watch; what has not may be one of many that
  /// end at once, each with a 200.
  static constexpr Duration a_while = std::chrono::seconds(10);
  static constexpr Duration longest_retry_after = std::chrono::minutes(5);

  void begin(base::SteadyTime now) noexcept { begun_ = now; }

  /// A stream ended. Whether it had lived for a while: what failed before it is
  /// over then.
  bool ended(base::SteadyTime now) noexcept {
    const bool lived = now - begun_ >= a_while;
    if (lived) {
      backoff_.reset();
      short_ = 0;
    } else {
      ++short_;
    }
    return lived;
  }

  /// How many ended before their time, one after the other.
  [[nodiscard]] int short_ones() const noexcept { return short_; }

  [[nodiscard]] Duration next(const Failure& failure = {}) noexcept {
    const auto asked = failure.status.retry_after.value_or(std::chrono::seconds(0));
    return std::max(backoff_.next(), std::min<Duration>(asked, longest_retry_after));
  }

  /// What a watch asks the server for: between `least` and twice that.
  [[nodiscard]] std::chrono::seconds lifetime(std::chrono::seconds least) noexcept {
    return least + std::chrono::seconds(static_cast<std::chrono::seconds::rep>(
                       random_.fraction() * static_cast<double>(least.count())));
  }

 private:
  base::Backoff backoff_{std::chrono::seconds(1), std::chrono::seconds(30)};
  base::Random random_;
  base::SteadyTime begun_;
  int short_ = 0;
};

}  // namespace blindfold::kubernetes
