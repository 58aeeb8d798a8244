#include "detect/kubernetes/ask_schedule.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace blindfold::detect {
namespace {

// After a hint. The quota's count moves 1 to 2 ms before a creation is answered
// and the object can be seen; the last ones are for a busy server.
constexpr std::array<std::chrono::milliseconds, 5> follow_ups{
    std::chrono::milliseconds(1500), std::chrono::milliseconds(300), std::chrono::milliseconds(60),
    std::chrono::milliseconds(12), std::chrono::milliseconds(3)};

constexpr std::uint32_t hint_burst = 100;

}  // namespace

RateLimit::RateLimit(const Pace& pace, std::uint32_t burst) noexcept
    : interval_(std::chrono::nanoseconds(pace.per) / std::max(pace.count, 1U)),
      most_(std::max(burst, 1U)),
      left_(most_) {
}

bool RateLimit::take(base::SteadyTime now) noexcept {
  refill(now);
  if (left_ == 0) {
    return false;
  }
  --left_;
  return true;
}

base::SteadyTime RateLimit::next(base::SteadyTime now) const noexcept {
  return left_ > 0 ? now : std::max(now, counted_at_ + interval_);
}

void RateLimit::refill(base::SteadyTime now) noexcept {
  if (left_ >= most_ || now < counted_at_) {
    counted_at_ = now;
    return;
  }
  const auto gained = static_cast<std::uint64_t>((now - counted_at_) / interval_);
  if (gained >= most_ - left_) {
    left_ = most_;
    counted_at_ = now;
  } else {
    left_ += static_cast<std::uint32_t>(gained);
    counted_at_ += interval_ * gained;
  }
}

AskSchedule::AskSchedule(const Pace& pace, RateLimit& rate, base::Random random)
    : pace_(pace), rate_(rate), hint_rate_(pace, hint_burst), random_(random) {
}

std::size_t AskSchedule::add(base::SteadyTime now) {
  questions_.emplace_back();
  put(questions_.size() - 1, now, true);
  return questions_.size() - 1;
}

std::optional<base::SteadyTime> AskSchedule::next(base::SteadyTime now) const noexcept {
  std::optional<base::SteadyTime> when;
  if (!urgent_.empty()) {
    when = urgent_.begin()->first;
  }
  if (!paced_.empty()) {
    const base::SteadyTime paced = std::max(paced_.begin()->first, rate_.next(now));
    when = when ? std::min(*when, paced) : paced;
  }
  return when;
}

std::optional<std::size_t> AskSchedule::take(base::SteadyTime now) noexcept {
  std::set<Key>* queue = nullptr;
  if (!urgent_.empty() && urgent_.begin()->first <= now) {
    queue = &urgent_;
  } else if (!paced_.empty() && paced_.begin()->first <= now && rate_.take(now)) {
    queue = &paced_;
  } else {
    return std::nullopt;
  }
  const std::size_t number = queue->begin()->second;
  queue->erase(queue->begin());
  questions_[number].asking = true;
  return number;
}

void AskSchedule::answered(std::size_t question, bool there, base::SteadyTime now) noexcept {
  questions_[question].there = there;
  if (there) {
    questions_[question].follow_ups = 0;
  }
  finish(question, now);
}

void AskSchedule::failed(std::size_t question, base::SteadyTime now) noexcept {
  questions_[question].follow_ups = 0;
  finish(question, now);
}

void AskSchedule::hint(base::SteadyTime now) noexcept {
  for (std::size_t number = 0; number < questions_.size(); ++number) {
    Question& question = questions_[number];
    if (question.there) {
      continue;
    }
    question.follow_ups = follow_ups.size();
    if (question.asking) {
      question.again = true;
    } else {
      drop(number);
      put(number, now, hint_rate_.take(now));
    }
  }
}

void AskSchedule::ask_all(base::SteadyTime now) noexcept {
  for (std::size_t number = 0; number < questions_.size(); ++number) {
    if (!questions_[number].asking) {
      drop(number);
      put(number, now, true);
    }
  }
}

void AskSchedule::put(std::size_t number, base::SteadyTime due, bool urgent) noexcept {
  Question& question = questions_[number];
  question.due = due;
  question.urgent = urgent;
  queue_of(question).emplace(due, number);
}

void AskSchedule::drop(std::size_t number) noexcept {
  queue_of(questions_[number]).erase({questions_[number].due, number});
}

void AskSchedule::finish(std::size_t number, base::SteadyTime now) noexcept {
  Question& question = questions_[number];
  question.asking = false;
  if (std::exchange(question.again, false)) {
    put(number, now, hint_rate_.take(now));
  } else if (question.follow_ups > 0 && hint_rate_.take(now)) {
    --question.follow_ups;
    put(number, now + follow_ups[question.follow_ups], true);
  } else {
    const bool quick = !question.there && !hinted_;
    put(number, now + base::jittered(quick ? pace_.quick : pace_.steady, random_), false);
  }
}

}  // namespace blindfold::detect
