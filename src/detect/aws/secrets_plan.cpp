#include "detect/aws/secrets_plan.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {
namespace {

constexpr std::uint32_t burst = 10;
constexpr std::size_t few = 20;
constexpr std::chrono::seconds confirm_after{2};
// Rights may be granted, and others may delete theirs.
constexpr std::chrono::hours no_sweep_for{1};

constexpr const char* list_action = "secretsmanager:ListSecrets";

}  // namespace

SecretsPlan::SecretsPlan(AwsServer server, const Pace& pace, loop::Callback<AwsItem&> on_missing,
                         base::Random random)
    : server_(std::move(server)),
      pace_(pace),
      rate_(pace, burst),
      patience_(random),
      schedule_(pace, random),
      on_missing_(std::move(on_missing)) {
}

void SecretsPlan::watch(AwsItem item) {
  looks_.push_back(std::make_unique<SecretLook>(std::move(item)));
  was_missing_.push_back(false);
  sweep_.add(looks_.back()->item().place());
}

void SecretsPlan::start(base::Instant now) noexcept {
  started_ = true;
  for (const auto& look : looks_) {
    static_cast<void>(schedule_.add(now.steady));
    look->item().begin(now);
  }
  sweep_number_ = schedule_.add(now.steady);
  schedule_.rest(sweep_number_);
}

void SecretsPlan::set_sight(const model::Sight& sight, base::Instant now) noexcept {
  for (std::size_t number = 0; number < looks_.size(); ++number) {
    AwsItem& item = looks_[number]->item();
    const bool could_not = item.refused();
    item.set_sight(sight, now);
    if (could_not && !item.refused() && started_) {
      schedule_.pull(number, now.steady);
    }
  }
}

void SecretsPlan::look_again(base::SteadyTime now) noexcept {
  schedule_.ask_all(now);
}

void SecretsPlan::give_up(base::Instant now) noexcept {
  over_ = true;
  for (const auto& look : looks_) {
    AwsItem& item = look->item();
    if (!item.told() && item.may_look() && (trouble_ || look->asked())) {
      item.report_failure(trouble_ ? *trouble_ : late_answer(server_).observation, now);
    }
  }
}

std::optional<base::SteadyTime> SecretsPlan::next(base::SteadyTime now) noexcept {
  if (over_ || asking_ >= (patience_.tried() ? 1 : most_at_once)) {
    return std::nullopt;
  }
  const auto due = has_spare() ? std::optional(now) : schedule_.next();
  if (!due) {
    return std::nullopt;
  }
  return std::max({*due, rate_.next(now), patience_.until(now).value_or(now)});
}

std::optional<SecretQuestion> SecretsPlan::take(base::SteadyTime now) noexcept {
  const bool at_limit = asking_ >= (patience_.tried() ? 1 : most_at_once);
  if (over_ || at_limit || patience_.until(now) || rate_.next(now) > now) {
    return std::nullopt;
  }
  auto question = take_due(now);
  if (!question && has_spare()) {
    question = spare_.take();
  }
  if (question) {
    ++asking_;
    static_cast<void>(rate_.book(now));
  }
  return question;
}

std::optional<SecretQuestion> SecretsPlan::take_due(base::SteadyTime now) noexcept {
  while (const auto number = schedule_.take(now)) {
    if (*number == sweep_number_) {
      const Count wanted = count();
      if (wanted.pending + wanted.settled == 0) {
        stop_sweeping(now, now);
        continue;
      }
      return SecretQuestion{SecretQuestion::Kind::sweep, 0, sweep_.question()};
    }
    SecretLook& look = *looks_[*number];
    if (!look.item().may_look()) {
      schedule_.put(*number, now + pace_.quick);
      continue;
    }
    const auto kind =
        look.wants_versions() ? SecretQuestion::Kind::versions : SecretQuestion::Kind::describe;
    return SecretQuestion{kind, *number, look.question()};
  }
  return std::nullopt;
}

// Not while there is trouble: what is watched comes first.
bool SecretsPlan::has_spare() noexcept {
  return !patience_.tried() && spare_.any();
}

void SecretsPlan::on_described(std::size_t number, const std::optional<aws::Failure>& failure,
                               const aws::SecretFacts& facts, base::Instant now) noexcept {
  on_step(number, looks_[number]->on_described(failure, facts, server_, now), now);
}

void SecretsPlan::on_versions(std::size_t number, const std::optional<aws::Failure>& failure,
                              const std::string& current, const std::string& next,
                              base::Instant now) noexcept {
  on_step(number, looks_[number]->on_versions(failure, current, next, server_, now), now);
}

void SecretsPlan::on_step(std::size_t number, LookStep step, base::Instant now) noexcept {
  --asking_;
  AwsItem& item = looks_[number]->item();
  if (step.next == LookStep::Next::trouble) {
    schedule_.put(number, now.steady);
    on_trouble(step.answer, &item, now);
    return;
  }
  on_answered(now.steady);
  switch (step.next) {
    case LookStep::Next::go_on:
      schedule_.put(number, now.steady);
      return;
    case LookStep::Next::confirm:
      schedule_.put(number, now.steady + confirm_after);
      return;
    case LookStep::Next::failed:
      item.report_failure(std::move(step.answer.observation), now);
      schedule_.failed(number, now.steady);
      return;
    case LookStep::Next::trouble:
    case LookStep::Next::done:
      break;
  }
  plan(number, count(), now.steady);
  if (item.missing() && !was_missing_[number]) {
    was_missing_[number] = true;
    spare_.look_for(item);
    on_missing_(item);
  }
}

void SecretsPlan::on_sweep_page(const std::optional<aws::Failure>& failure, const std::string& next,
                                base::Instant now) noexcept {
  --asking_;
  if (failure) {
    const AwsAnswer answer = answer_to_failure(*failure, list_action, std::string(), server_);
    if (answer.everybodys) {
      schedule_.put(sweep_number_, now.steady);
      on_trouble(answer, nullptr, now);
      return;
    }
    // Whatever it is, describing them one by one needs no listing.
    on_answered(now.steady);
    stop_sweeping(now.steady, now.steady + no_sweep_for);
    return;
  }
  on_answered(now.steady);
  switch (sweep_.on_page(next)) {
    case SecretSweep::Page::more:
      schedule_.put(sweep_number_, now.steady);
      return;
    case SecretSweep::Page::endless:
      stop_sweeping(now.steady, now.steady + no_sweep_for);
      return;
    case SecretSweep::Page::last:
      take_claims(now);
      return;
  }
}

void SecretsPlan::on_search_page(const std::optional<aws::Failure>& failure,
                                 const std::string& next, base::Instant now) noexcept {
  --asking_;
  spare_.on_search_page(failure ? std::nullopt : std::optional(next), now);
  on_spare(failure, now);
}

void SecretsPlan::on_elsewhere(const std::optional<aws::Failure>& failure,
                               const aws::SecretFacts& facts, base::Instant now) noexcept {
  --asking_;
  spare_.on_elsewhere(failure ? nullptr : &facts, server_.region, now);
  on_spare(failure, now);
}

void SecretsPlan::on_spare(const std::optional<aws::Failure>& failure, base::Instant now) noexcept {
  if (failure) {
    const AwsAnswer answer = answer_to_failure(*failure, std::string(), std::string(), server_);
    if (answer.everybodys) {
      on_trouble(answer, nullptr, now);
      return;
    }
  }
  on_answered(now.steady);
}

// Where all were told that it fails, all are told that it does not.
void SecretsPlan::on_answered(base::SteadyTime now) noexcept {
  trouble_.reset();
  if (!patience_.answered(now)) {
    return;
  }
  schedule_.ask_all(now);
  if (!schedule_.resting(sweep_number_)) {
    schedule_.pull(sweep_number_, now);
  }
}

// At first it may be over in a moment.
void SecretsPlan::on_trouble(const AwsAnswer& answer, AwsItem* item, base::Instant now) noexcept {
  patience_.failed(answer.retry_after, now.steady);
  trouble_ = answer.observation;
  if (!patience_.lasting()) {
    if (item != nullptr) {
      item->report_failure(answer.observation, now);
    }
    return;
  }
  for (const auto& look : looks_) {
    look->item().report_failure(answer.observation, now);
  }
}

SecretsPlan::Count SecretsPlan::count() const noexcept {
  Count count;
  for (const auto& look : looks_) {
    if (look->item().may_look()) {
      ++(look->item().pending() ? count.pending : count.settled);
    }
  }
  return count;
}

bool SecretsPlan::is_swept(bool pending, const Count& count, base::SteadyTime now) const noexcept {
  const std::size_t number = pending ? count.pending : count.settled;
  return number > few && number > sweep_.cost() && now >= no_sweep_before_;
}

void SecretsPlan::plan(std::size_t number, const Count& count, base::SteadyTime now) noexcept {
  const bool pending = looks_[number]->item().pending();
  const double factor = schedule_.draw();
  if (!is_swept(pending, count, now)) {
    schedule_.answered(number, pending, now, factor);
    return;
  }
  schedule_.rest(number);
  const auto interval =
      std::chrono::duration<double, std::milli>(pending ? pace_.quick : pace_.steady);
  schedule_.pull(sweep_number_,
                 now + std::chrono::duration_cast<std::chrono::nanoseconds>(interval * factor));
}

void SecretsPlan::take_claims(base::Instant now) noexcept {
  const Count counted = count();
  bool pending_rests = false;
  bool any_rests = false;
  for (std::size_t number = 0; number < looks_.size(); ++number) {
    const AwsItem& item = looks_[number]->item();
    const bool rests = schedule_.resting(number);
    if (!item.may_look() || !item.last()) {
      if (rests) {
        schedule_.put(number, now.steady);
      }
    } else if (schedule_.asking(number) || looks_[number]->wants_versions()) {
      continue;
    } else if (looks_[number]->on_listed(sweep_.claim(number), now)) {
      schedule_.put(number, now.steady);
    } else if (rests && is_swept(item.pending(), counted, now.steady)) {
      any_rests = true;
      pending_rests = pending_rests || item.pending();
    } else if (rests) {
      schedule_.answered(number, item.pending(), now.steady, schedule_.draw());
    }
  }
  if (any_rests) {
    schedule_.answered(sweep_number_, pending_rests, now.steady, schedule_.draw());
  } else {
    schedule_.rest(sweep_number_);
  }
}

void SecretsPlan::stop_sweeping(base::SteadyTime now, base::SteadyTime until) noexcept {
  no_sweep_before_ = until;
  sweep_.abandon();
  schedule_.rest(sweep_number_);
  for (std::size_t number = 0; number < looks_.size(); ++number) {
    if (schedule_.resting(number)) {
      schedule_.put(number, now);
    }
  }
}

}  // namespace blindfold::detect
