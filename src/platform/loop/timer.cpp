#include "platform/loop/timer.hpp"

#include <utility>

#include "platform/loop/core.hpp"

namespace blindfold::loop {

Timer::Timer(Loop& loop, Callback<> on_due) noexcept : loop_(loop), on_due_(std::move(on_due)) {
  loop_.core().enter();
}

Timer::~Timer() {
  stop();
  loop_.core().leave();
}

void Timer::start(std::chrono::nanoseconds delay) noexcept {
  const base::SteadyTime now = loop_.now().steady;
  const bool too_far = delay > base::SteadyTime::max() - now;
  start_at(too_far ? base::SteadyTime::max() : now + delay);
}

void Timer::start_at(base::SteadyTime deadline) noexcept {
  loop_.core().start(*this, deadline);
}

void Timer::stop() noexcept {
  if (active()) {
    loop_.core().stop(*this);
  }
}

bool Timer::active() const noexcept {
  return position_ != 0;
}

std::optional<base::SteadyTime> Timer::deadline() const noexcept {
  return active() ? std::optional(deadline_) : std::nullopt;
}

}  // namespace blindfold::loop
