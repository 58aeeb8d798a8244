#include "doctor/aws/aws_trial.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "doctor/aws/answers.hpp"
#include "doctor/aws/reading.hpp"

namespace blindfold::doctor {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t at_a_time = 4;
constexpr std::size_t most_throttled = 5;
constexpr std::chrono::seconds shortest_hold = 1s;
constexpr base::Duration at_least = 30s;

// Half of what Parameter Store lets an account read (40 in a second), which the
// customer's own applications share.
constexpr detect::Pace pace{.quick = 0ms, .steady = 0ms, .count = 20, .per = 1s};
constexpr std::uint32_t burst = 8;

// Of what was let through nothing is read, so it need not come.
constexpr aws::CallLimits limits{.timeout = 10s, .body = 16UL * 1024};

std::vector<AwsAttempt> untried(const std::vector<Question>& questions) {
  std::vector<AwsAttempt> attempts;
  for (const Question& question : questions) {
    attempts.push_back({.action = action_of(question.operation),
                        .region = question.region,
                        .subject = question.subject});
  }
  return attempts;
}

}  // namespace

AwsTrial::AwsTrial(loop::Loop& loop, aws::Session& session,
                   std::span<const model::Requirement> requirements, Done done)
    : loop_(loop),
      session_(session),
      done_(std::move(done)),
      questions_(questions_for(requirements, session.region())),
      attempts_(untried(questions_)),
      throttled_(questions_.size()),
      rate_(pace, burst),
      lanes_(at_a_time),
      turn_(loop, [this]() noexcept { go_on(); }),
      time_is_up_(loop, [this]() noexcept { end(); }),
      ended_(loop, [this]() noexcept { tell(); }) {
  for (std::size_t place = 0; place < questions_.size(); ++place) {
    if (questions_[place].region.empty()) {
      attempts_[place].why = model::RegionMissing{};
    } else {
      waiting_.push_back(place);
    }
  }
}

AwsTrial::~AwsTrial() = default;

base::Duration AwsTrial::usual_time() const noexcept {
  return at_least + 2 * pace.per / pace.count * static_cast<int>(questions_.size());
}

void AwsTrial::start(base::Duration timeout) noexcept {
  time_is_up_.start(timeout);
  go_on();
}

void AwsTrial::go_on() noexcept {
  while (!waiting_.empty()) {
    Lane* const lane = idle_lane();
    if (lane == nullptr) {
      return;
    }
    const base::SteadyTime now = loop_.now().steady;
    if (now < hold_until_ || !rate_.take(now)) {
      turn_.start_at(next_turn());
      return;
    }
    const std::size_t place = waiting_.front();
    waiting_.pop_front();
    ask(*lane, place);
  }
  const auto idle = [](const Lane& lane) { return lane.call == nullptr; };
  if (std::ranges::all_of(lanes_, idle)) {
    end();
  }
}

void AwsTrial::ask(Lane& lane, std::size_t place) noexcept {
  const Question& question = questions_[place];
  lane.place = place;
  lane.reader = std::make_unique<RefusingReader>();
  lane.call = std::make_unique<aws::Call>(
      session_, question.region, *lane.reader,
      [this, &lane](const std::optional<aws::Failure>& failure) noexcept {
        on_reply(lane, failure);
      });
  lane.call->start(question.operation, limits);
}

void AwsTrial::on_reply(Lane& lane, const std::optional<aws::Failure>& failure) noexcept {
  const Question& question = questions_[lane.place];
  AwsAttempt& attempt = attempts_[lane.place];
  take_answer(attempt, failure, lane.reader->began(),
              {question.region, session_.server(question.operation.service, question.region)});
  if (failure && failure->refusal == aws::Refusal::throttled) {
    ask_again(lane.place, *failure);
  }
  // There is no such identity: no other question would be answered either.
  if (failure && failure->fault == aws::Fault::credential) {
    for (const std::size_t place : std::exchange(waiting_, {})) {
      attempts_[place].why = attempt.why;
    }
  }
  lane.call.reset();
  go_on();
}

void AwsTrial::ask_again(std::size_t place, const aws::Failure& failure) noexcept {
  if (++throttled_[place] > most_throttled) {
    return;
  }
  const auto asked = failure.retry_after.value_or(shortest_hold);
  hold_until_ = loop_.now().steady + std::max(asked, shortest_hold);
  waiting_.push_back(place);
}

void AwsTrial::end() noexcept {
  turn_.stop();
  time_is_up_.stop();
  waiting_.clear();
  for (Lane& lane : lanes_) {
    lane.call.reset();
  }
  ended_.schedule();
}

void AwsTrial::tell() noexcept {
  done_(sight_of(attempts_));
}

AwsTrial::Lane* AwsTrial::idle_lane() noexcept {
  const auto found =
      std::ranges::find_if(lanes_, [](const Lane& lane) { return lane.call == nullptr; });
  return found == lanes_.end() ? nullptr : &*found;
}

base::SteadyTime AwsTrial::next_turn() const noexcept {
  return std::max(hold_until_, rate_.next(loop_.now().steady));
}

}  // namespace blindfold::doctor
