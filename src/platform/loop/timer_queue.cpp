#include "platform/loop/timer_queue.hpp"

#include "platform/loop/timer.hpp"

namespace blindfold::loop {
namespace {

std::size_t parent_of(std::size_t index) {
  return (index - 1) / 2;
}

}  // namespace

bool TimerQueue::before(const Timer& a, const Timer& b) noexcept {
  return a.deadline_ != b.deadline_ ? a.deadline_ < b.deadline_ : a.order_ < b.order_;
}

void TimerQueue::insert(Timer& timer, base::SteadyTime deadline) noexcept {
  timer.deadline_ = deadline;
  timer.order_ = ++last_order_;
  heap_.push_back(&timer);
  rise(heap_.size() - 1, timer);
}

void TimerQueue::remove(Timer& timer) noexcept {
  if (timer.position_ == 0) {
    return;
  }
  const std::size_t index = timer.position_ - 1;
  if (timer.due_) {
    due_[index] = nullptr;
    timer.due_ = false;
    timer.position_ = 0;
  } else {
    take(index);
  }
}

std::optional<base::SteadyTime> TimerQueue::next() const noexcept {
  return heap_.empty() ? std::nullopt : std::optional(heap_.front()->deadline_);
}

void TimerQueue::fire(base::SteadyTime now) noexcept {
  while (!heap_.empty() && heap_.front()->deadline_ <= now) {
    Timer& timer = take(0);
    due_.push_back(&timer);
    timer.due_ = true;
    timer.position_ = due_.size();
  }
  for (std::size_t index = 0; index < due_.size(); ++index) {
    if (Timer* const timer = due_[index]; timer != nullptr) {
      timer->due_ = false;
      timer->position_ = 0;
      timer->on_due_();
    }
  }
  due_.clear();
}

void TimerQueue::place(std::size_t index, Timer& timer) noexcept {
  heap_[index] = &timer;
  timer.position_ = index + 1;
}

void TimerQueue::rise(std::size_t index, Timer& timer) noexcept {
  while (index > 0 && before(timer, *heap_[parent_of(index)])) {
    place(index, *heap_[parent_of(index)]);
    index = parent_of(index);
  }
  place(index, timer);
}

void TimerQueue::sink(std::size_t index, Timer& timer) noexcept {
  for (std::size_t child = 2 * index + 1; child < heap_.size(); child = 2 * index + 1) {
    if (child + 1 < heap_.size() && before(*heap_[child + 1], *heap_[child])) {
      ++child;
    }
    if (!before(*heap_[child], timer)) {
      break;
    }
    place(index, *heap_[child]);
    index = child;
  }
  place(index, timer);
}

Timer& TimerQueue::take(std::size_t index) noexcept {
  Timer& taken = *heap_[index];
  Timer& last = *heap_.back();
  heap_.pop_back();
  taken.position_ = 0;
  if (&last != &taken) {
    if (index > 0 && before(last, *heap_[parent_of(index)])) {
      rise(index, last);
    } else {
      sink(index, last);
    }
  }
  return taken;
}

}  // namespace blindfold::loop
