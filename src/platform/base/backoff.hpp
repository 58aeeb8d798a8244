#pragma once

#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/base/random.hpp"

namespace blindfold::base {

/// How long to wait before the next try: exponential with full jitter (Brooker,
/// "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), so that many
/// who failed together do not come back together.
class Backoff final {
 public:
  using Duration = std::chrono::milliseconds;

  Backoff(Duration first, Duration most, Random random = Random()) noexcept
      : first_(first), most_(most), limit_(first), random_(random) {}

  /// After another failure: anything up to the limit, which then doubles, and
  /// never less than a tenth of it.
  [[nodiscard]] Duration next() noexcept {
    const Duration limit = std::exchange(limit_, std::min(limit_ * 2, most_));
    const auto least = limit / 10;
    const double part = random_.fraction();
    return least + Duration(static_cast<Duration::rep>(
                       part * static_cast<double>((limit - least).count())));
  }

  /// It worked.
  void reset() noexcept { limit_ = first_; }

 private:
  Duration first_;
  Duration most_;
  Duration limit_;
  Random random_;
};

/// `interval`, up to a fifth shorter or longer.
[[nodiscard]] inline std::chrono::milliseconds jittered(std::chrono::milliseconds interval,
                                                        Random& random) noexcept {
  const double factor = 0.8 + 0.4 * random.fraction();
  return std::chrono::milliseconds(
      static_cast<std::chrono::milliseconds::rep>(static_cast<double>(interval.count()) * factor));
}

}  // namespace blindfold::base
