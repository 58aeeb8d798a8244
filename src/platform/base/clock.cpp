#include "platform/base/clock.hpp"

namespace blindfold::base {

Instant SystemClock::now() const noexcept {
  using std::chrono::microseconds;
  using std::chrono::time_point_cast;
  return {std::chrono::steady_clock::now(),
          time_point_cast<microseconds>(std::chrono::system_clock::now())};
}

}  // namespace blindfold::base
