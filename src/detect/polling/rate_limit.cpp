#include "detect/polling/rate_limit.hpp"

#include <algorithm>

namespace blindfold::detect {
namespace {

// Rounded up: `count` of them are never in less than `per`.
std::chrono::nanoseconds interval_of(const Pace& pace) noexcept {
  const std::chrono::nanoseconds per(pace.per);
  const std::chrono::nanoseconds::rep count = std::max(pace.count, 1U);
  return std::max((per + std::chrono::nanoseconds(count - 1)) / count, std::chrono::nanoseconds(1));
}

}  // namespace

RateLimit::RateLimit(const Pace& pace, std::uint32_t burst) noexcept
    : interval_(interval_of(pace)), kept_(interval_ * (std::max(burst, 1U) - 1)) {
}

base::SteadyTime RateLimit::book(base::SteadyTime now) noexcept {
  const base::SteadyTime slot = next(now);
  booked_ = std::max(booked_, now) + interval_;
  return slot;
}

base::SteadyTime RateLimit::next(base::SteadyTime now) const noexcept {
  return std::max(now, booked_ - kept_);
}

bool RateLimit::take(base::SteadyTime now) noexcept {
  return next(now) <= now && book(now) <= now;
}

// One that was missed by more than a moment is gone, or there would be two at a
// time.
bool Turn::take(base::SteadyTime now) noexcept {
  if (!slot_ || now - *slot_ > rate_.interval()) {
    slot_ = rate_.book(now);
  }
  if (*slot_ > now) {
    return false;
  }
  slot_.reset();
  return true;
}

base::SteadyTime Turn::next(base::SteadyTime now) const noexcept {
  return slot_ ? std::max(now, *slot_) : rate_.next(now);
}

}  // namespace blindfold::detect
