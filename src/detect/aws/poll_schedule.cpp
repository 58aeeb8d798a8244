#include "detect/aws/poll_schedule.hpp"

#include <algorithm>

namespace blindfold::detect {
namespace {

constexpr std::chrono::minutes quick_for{10};
constexpr std::chrono::seconds slowest_pending{60};
constexpr std::uint8_t most_doublings = 16;

std::chrono::nanoseconds times(std::chrono::milliseconds interval, double factor) noexcept {
  const auto exact = std::chrono::duration<double, std::nano>(interval) * factor;
  return std::chrono::duration_cast<std::chrono::nanoseconds>(exact);
}

}  // namespace

PollSchedule::PollSchedule(const Pace& pace, base::Random random) : pace_(pace), random_(random) {
}

std::size_t PollSchedule::add(base::SteadyTime now) {
  questions_.emplace_back();
  questions_.back().due = now;
  waiting_.emplace(now, questions_.size() - 1);
  return questions_.size() - 1;
}

std::optional<base::SteadyTime> PollSchedule::next() const noexcept {
  return waiting_.empty() ? std::nullopt : std::optional(waiting_.begin()->first);
}

std::optional<std::size_t> PollSchedule::take(base::SteadyTime now) noexcept {
  if (waiting_.empty() || waiting_.begin()->first > now) {
    return std::nullopt;
  }
  return take_first();
}

std::optional<std::size_t> PollSchedule::take_early() noexcept {
  return waiting_.empty() ? std::nullopt : std::optional(take_first());
}

void PollSchedule::answered(std::size_t number, bool pending, base::SteadyTime now,
                            double factor) noexcept {
  Question& question = questions_[number];
  question.failures = 0;
  if (!pending) {
    question.pending_since.reset();
  } else if (!question.pending_since) {
    question.pending_since = now;
  }
  question.interval = interval_of(question, pending, now);
  put(number, now + times(question.interval, factor));
}

void PollSchedule::failed(std::size_t number, base::SteadyTime now) noexcept {
  Question& question = questions_[number];
  question.failures = std::min<std::uint8_t>(question.failures + 1, most_doublings);
  const auto interval =
      std::min(pace_.quick * (std::int64_t{1} << (question.failures - 1U)), pace_.steady);
  put(number, now + times(interval, draw()));
}

void PollSchedule::put(std::size_t number, base::SteadyTime due) noexcept {
  rest(number);
  Question& question = questions_[number];
  question.state = State::waiting;
  question.due = due;
  waiting_.emplace(due, number);
}

void PollSchedule::pull(std::size_t number, base::SteadyTime due) noexcept {
  const Question& question = questions_[number];
  if (question.state == State::resting ||
      (question.state == State::waiting && question.due > due)) {
    put(number, due);
  }
}

void PollSchedule::rest(std::size_t number) noexcept {
  Question& question = questions_[number];
  if (question.state == State::waiting) {
    waiting_.erase({question.due, number});
  }
  question.state = State::resting;
}

void PollSchedule::ask_all(base::SteadyTime now) noexcept {
  for (std::size_t number = 0; number < questions_.size(); ++number) {
    questions_[number].pending_since.reset();
    if (questions_[number].state == State::waiting) {
      pull(number, now);
    }
  }
}

std::chrono::milliseconds PollSchedule::interval_of(const Question& question, bool pending,
                                                    base::SteadyTime now) const noexcept {
  if (!pending) {
    return pace_.steady;
  }
  if (now - *question.pending_since < quick_for) {
    return pace_.quick;
  }
  const std::chrono::milliseconds slowest = std::clamp<std::chrono::milliseconds>(
      slowest_pending, pace_.quick, std::max(pace_.quick, pace_.steady));
  return std::clamp(question.interval * 2, pace_.quick, slowest);
}

std::size_t PollSchedule::take_first() noexcept {
  const std::size_t number = waiting_.begin()->second;
  waiting_.erase(waiting_.begin());
  questions_[number].state = State::asking;
  return number;
}

}  // namespace blindfold::detect
