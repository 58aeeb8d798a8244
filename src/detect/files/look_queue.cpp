#include "detect/files/look_queue.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "platform/base/clock.hpp"

namespace blindfold::detect {
namespace {

// A turn ends after the look that takes it beyond this.
constexpr std::chrono::milliseconds turn_length{2};

}  // namespace

LookQueue::LookQueue(loop::Loop& loop, loop::Inotify& inotify, loop::Callback<> on_empty) noexcept
    : inotify_(inotify),
      on_empty_(std::move(on_empty)),
      turn_(loop, [this]() noexcept { on_turn(); }) {
}

LookQueue::~LookQueue() = default;

void LookQueue::on_turn() noexcept {
  inotify_.drain();
  // The loop's time stands still during a turn.
  const base::SystemClock clock;
  const base::SteadyTime end = clock.now().steady + turn_length;
  while (!due_.empty() && clock.now().steady < end) {
    PendingLook* const look = due_.front();
    due_.pop_front();
    if (look != nullptr) {
      look->scheduled_ = false;
      look->look_();
    }
  }
  if (due_.empty()) {
    on_empty_();
  } else {
    turn_.schedule();
  }
}

PendingLook::PendingLook(LookQueue& queue, loop::Callback<> look) noexcept
    : queue_(queue), look_(std::move(look)) {
}

PendingLook::~PendingLook() {
  if (scheduled_) {
    std::ranges::replace(queue_.due_, this, nullptr);
  }
}

void PendingLook::schedule() noexcept {
  if (!std::exchange(scheduled_, true)) {
    queue_.due_.push_back(this);
    queue_.turn_.schedule();
  }
}

}  // namespace blindfold::detect
