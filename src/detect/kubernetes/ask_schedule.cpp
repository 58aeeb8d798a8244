#include "detect/kubernetes/ask_schedule.hpp"

#include <algorithm>
#include <array>

namespace blindfold::detect {
namespace {

// After a hint. The quota's count moves 1 to 2 ms before a creation is answered
// and the object can be seen; the last ones are for a busy server.
constexpr std::array<std::chrono::milliseconds, 5> follow_ups{
    std::chrono::milliseconds(1500), std::chrono::milliseconds(300), std::chrono::milliseconds(60),
    std::chrono::milliseconds(12), std::chrono::milliseconds(3)};

constexpr std::uint32_t hint_burst = 100;
constexpr std::uint8_t most_doublings = 16;

}  // namespace

AskSchedule::AskSchedule(const Pace& pace, RateLimit& rate, base::Random random)
    : pace_(pace), turn_(rate), hint_rate_(pace, hint_burst), random_(random) {
}

std::size_t AskSchedule::add(base::SteadyTime now) {
  questions_.emplace_back();
  put(questions_.size() - 1, now, Queue::urgent);
  return questions_.size() - 1;
}

std::optional<base::SteadyTime> AskSchedule::next(base::SteadyTime now) const noexcept {
  std::optional<base::SteadyTime> when;
  for (const Keys* const paced : {&absent_, &present_}) {
    if (!paced->empty()) {
      const base::SteadyTime due = paced->begin()->first;
      when = when ? std::min(*when, due) : due;
    }
  }
  if (when) {
    when = std::max(*when, turn_.next(now));
  }
  if (!urgent_.empty()) {
    const base::SteadyTime urgent = urgent_.begin()->first;
    when = when ? std::min(*when, urgent) : urgent;
  }
  return when;
}

std::optional<std::size_t> AskSchedule::take(base::SteadyTime now) noexcept {
  Keys* keys = &urgent_;
  if (urgent_.empty() || urgent_.begin()->first > now) {
    keys = paced_due(now);
    if (keys == nullptr || !turn_.take(now)) {
      return std::nullopt;
    }
    absent_first_ = keys == &present_;
  }
  const std::size_t number = keys->begin()->second;
  keys->erase(keys->begin());
  questions_[number].asking = true;
  return number;
}

void AskSchedule::answered(std::size_t question, bool there, base::SteadyTime now) noexcept {
  Question& answered = questions_[question];
  answered.there = there;
  answered.failures = 0;
  if (there) {
    answered.follow_ups = 0;
  }
  finish(question, now);
}

void AskSchedule::failed(std::size_t question, base::SteadyTime now) noexcept {
  Question& failed = questions_[question];
  failed.follow_ups = 0;
  failed.failures = std::min<std::uint8_t>(failed.failures + 1, most_doublings);
  finish(question, now);
}

void AskSchedule::put_back(std::size_t question, base::SteadyTime now) noexcept {
  Question& back = questions_[question];
  back.asking = false;
  back.again = false;
  back.follow_ups = 0;
  put(question, now, paced_queue(back));
}

void AskSchedule::rest(std::size_t question, base::SteadyTime now) noexcept {
  Question& resting = questions_[question];
  resting.asking = false;
  resting.again = false;
  resting.follow_ups = 0;
  put(question, now + base::jittered(pace_.steady, random_), paced_queue(resting));
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
    } else if (question.queue != Queue::urgent || question.due > now) {
      const base::SteadyTime due = std::min(question.due, now);
      drop(number);
      put(number, due, hint_rate_.take(now) ? Queue::urgent : Queue::absent);
    }
  }
}

void AskSchedule::ask_all(base::SteadyTime now) noexcept {
  for (std::size_t number = 0; number < questions_.size(); ++number) {
    const Question& question = questions_[number];
    if (!question.asking && (question.queue != Queue::urgent || question.due > now)) {
      drop(number);
      put(number, now, Queue::urgent);
    }
  }
}

AskSchedule::Keys& AskSchedule::keys_of(Queue queue) noexcept {
  switch (queue) {
    case Queue::urgent:
      return urgent_;
    case Queue::absent:
      return absent_;
    case Queue::present:
      break;
  }
  return present_;
}

// Neither holds up the other, however many there are.
AskSchedule::Keys* AskSchedule::paced_due(base::SteadyTime now) noexcept {
  Keys* const first = absent_first_ ? &absent_ : &present_;
  Keys* const second = absent_first_ ? &present_ : &absent_;
  for (Keys* const keys : {first, second}) {
    if (!keys->empty() && keys->begin()->first <= now) {
      return keys;
    }
  }
  return nullptr;
}

void AskSchedule::put(std::size_t number, base::SteadyTime due, Queue queue) noexcept {
  Question& question = questions_[number];
  question.due = due;
  question.queue = queue;
  keys_of(queue).emplace(due, number);
}

void AskSchedule::put_at_pace(std::size_t number, base::SteadyTime now) noexcept {
  const Question& question = questions_[number];
  std::chrono::milliseconds interval = pace_.steady;
  if (!question.there && !hinted_) {
    interval = std::min(pace_.quick * (1U << question.failures), pace_.steady);
  }
  put(number, now + base::jittered(interval, random_), paced_queue(question));
}

void AskSchedule::drop(std::size_t number) noexcept {
  keys_of(questions_[number].queue).erase({questions_[number].due, number});
}

void AskSchedule::finish(std::size_t number, base::SteadyTime now) noexcept {
  Question& question = questions_[number];
  question.asking = false;
  if (std::exchange(question.again, false) && !question.there) {
    put(number, now, hint_rate_.take(now) ? Queue::urgent : Queue::absent);
  } else if (question.follow_ups > 0 && hint_rate_.take(now)) {
    --question.follow_ups;
    put(number, now + follow_ups[question.follow_ups], Queue::urgent);
  } else {
    question.follow_ups = 0;
    put_at_pace(number, now);
  }
}

}  // namespace blindfold::detect
