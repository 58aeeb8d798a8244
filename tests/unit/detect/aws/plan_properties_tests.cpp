#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>
#include <deque>

#include "simulated_parameters.hpp"
#include "simulated_secrets.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;

// `count` in each `per`, and `burst` more that were kept.
template <class Asked>
void check_rate(const std::vector<Asked>& asked, const Pace& pace, std::size_t burst) {
  const std::chrono::nanoseconds interval = std::chrono::nanoseconds(pace.per) / pace.count;
  for (std::size_t first = 0; first < asked.size(); ++first) {
    for (std::size_t last = first + burst; last < std::min(asked.size(), first + 200); ++last) {
      const auto least = interval * static_cast<std::int64_t>(last - first + 1 - burst);
      RC_ASSERT(asked[last].at - asked[first].at >= least);
    }
  }
}

aws::Failure some_failure(base::Random& random) {
  switch (static_cast<int>(random.fraction() * 6)) {
    case 0:
      return refused(aws::Refusal::throttled);
    case 1: {
      aws::Failure failure = refused(aws::Refusal::throttled, 429);
      failure.retry_after = std::chrono::seconds(static_cast<int>(random.fraction() * 30));
      return failure;
    }
    case 2:
      return refused(aws::Refusal::server_error, 503);
    case 3:
      return faulty(aws::Fault::timed_out);
    case 4:
      return faulty(aws::Fault::not_the_form);
    default:
      return refused(aws::Refusal::server_error, 500);
  }
}

// Keeps questions open for a while, so that several are at once, and answers them
// in any order.
class SlowSecrets : public SimulatedSecrets {
 public:
  explicit SlowSecrets(std::uint64_t seed) : random_(seed) {}

  void go_on(std::chrono::seconds time, double failing) {
    trouble = [this, failing](const SecretQuestion&) {
      return random_.fraction() < failing ? std::optional(some_failure(random_)) : std::nullopt;
    };
    for (const auto end = clock.now().steady + time; clock.now().steady < end;) {
      take_and_answer();
      const auto step = std::chrono::milliseconds(1 + static_cast<int>(random_.fraction() * 400));
      clock.advance(step);
      inventory.advance(clock.now());
    }
  }
  void finish() {
    while (!open_.empty()) {
      answer_one();
    }
  }

 private:
  void take_and_answer() {
    while (auto question = plan.take(clock.now().steady)) {
      open_.push_back(*std::move(question));
      RC_ASSERT(open_.size() <= SecretsPlan::most_at_once);
    }
    // It waits for an answer, or says when it will have something to ask.
    RC_ASSERT(!open_.empty() || plan.next(clock.now().steady).has_value());
    while (!open_.empty() && random_.fraction() < 0.7) {
      answer_one();
    }
  }
  void answer_one() {
    const auto at =
        static_cast<std::ptrdiff_t>(random_.fraction() * static_cast<double>(open_.size()));
    const SecretQuestion question = open_[static_cast<std::size_t>(at)];
    open_.erase(open_.begin() + at);
    answer(question);
    asked.back().at = clock.now().steady;
  }

  base::Random random_;
  std::deque<SecretQuestion> open_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(plan_properties_tests)

BOOST_AUTO_TEST_CASE(no_plan_of_secrets_ever_exceeds_its_rate) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 80);
    const auto failing = *rc::gen::element(0.0, 0.1, 0.5, 0.95);
    base::Random random(*rc::gen::arbitrary<std::uint64_t>());
    SimulatedSecrets secrets;
    secrets.watch_many(count);
    secrets.put_many(*rc::gen::inRange<std::size_t>(0, 80));
    secrets.trouble = [&random, failing](const SecretQuestion&) {
      return random.fraction() < failing ? std::optional(some_failure(random)) : std::nullopt;
    };
    secrets.start();
    secrets.pass(10min);
    secrets.plan.look_again(secrets.clock.now().steady);
    secrets.pass(10min);
    check_rate(secrets.asked, SimulatedSecrets::pace, 10);
  }));
}

BOOST_AUTO_TEST_CASE(no_plan_of_parameters_ever_exceeds_its_rate) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 300);
    const auto failing = *rc::gen::element(0.0, 0.1, 0.5, 0.95);
    base::Random random(*rc::gen::arbitrary<std::uint64_t>());
    SimulatedParameters parameters;
    parameters.page = *rc::gen::element<std::size_t>(10, 50, 1000);
    parameters.watch_many(count);
    parameters.put_many(*rc::gen::inRange<std::size_t>(0, 300));
    parameters.trouble = [&random, failing]() {
      return random.fraction() < failing ? std::optional(some_failure(random)) : std::nullopt;
    };
    parameters.start();
    parameters.pass(20min);
    check_rate(parameters.asked, SimulatedParameters::pace, 1);
  }));
}

// Whatever happened before, with answers in any order, several at once.
BOOST_AUTO_TEST_CASE(once_a_service_answers_every_secret_is_seen_as_it_is) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 60);
    const auto there = *rc::gen::inRange<std::size_t>(0, 60);
    SlowSecrets secrets(*rc::gen::arbitrary<std::uint64_t>());
    secrets.watch_many(count);
    secrets.put_many(*rc::gen::inRange<std::size_t>(0, 60));
    secrets.plan.start(secrets.clock.now());
    secrets.go_on(8min, *rc::gen::element(0.0, 0.3, 1.0));
    secrets.secrets.clear();
    secrets.put_many(there);
    secrets.go_on(15min, 0.0);
    secrets.finish();
    const std::size_t present = std::min(count, there);
    RC_ASSERT(secrets.count(Presence::present) == present);
    RC_ASSERT(secrets.count(Presence::missing) == count - present);
  }));
}

BOOST_AUTO_TEST_CASE(a_throttled_account_with_500_secrets_converges) {
  BOOST_TEST(rc::check([] {
    base::Random random(*rc::gen::arbitrary<std::uint64_t>());
    SimulatedSecrets secrets;
    secrets.watch_many(500);
    secrets.put_many(400);
    // The account has three requests a second left for the agent.
    base::SteadyTime full = secrets.clock.now().steady;
    secrets.trouble = [&secrets, &full](const SecretQuestion&) -> std::optional<aws::Failure> {
      const base::SteadyTime now = secrets.clock.now().steady;
      full = std::max(full, now - 2s);
      if (full > now) {
        return refused(aws::Refusal::throttled);
      }
      full += 333ms;
      return std::nullopt;
    };
    secrets.start();
    secrets.pass(12min);
    RC_ASSERT(secrets.count(Presence::present) == 400U);
    RC_ASSERT(secrets.count(Presence::missing) == 100U);
    check_rate(secrets.asked, SimulatedSecrets::pace, 10);
  }));
}

// Each is looked at, by itself or in a sweep, within its interval and a fifth.
BOOST_AUTO_TEST_CASE(every_secret_is_looked_at_within_its_interval) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 150);
    SimulatedSecrets secrets;
    secrets.watch_many(count);
    secrets.put_many(count);
    secrets.start();
    secrets.pass(8min);
    const auto changed = *rc::gen::inRange<std::size_t>(0, count);
    secrets.pass(std::chrono::seconds(*rc::gen::inRange(0, 300)));
    secrets.secrets["app/" + std::to_string(changed)].version = "v2";
    secrets.pass(6min + 2s);
    RC_ASSERT(secrets.recorder.events == std::vector{model::EventKind::rotated});
  }));
}

BOOST_AUTO_TEST_CASE(every_parameter_is_looked_at_within_its_interval) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::size_t>(1, 300);
    SimulatedParameters parameters;
    parameters.watch_many(count);
    parameters.put_many(count);
    parameters.start();
    parameters.pass(8min);
    const auto changed = *rc::gen::inRange<std::size_t>(0, count);
    parameters.pass(std::chrono::seconds(*rc::gen::inRange(0, 300)));
    parameters.parameters["/app/" + std::to_string(changed)].version = 2;
    parameters.pass(6min + 14s);
    RC_ASSERT(parameters.recorder.events == std::vector{model::EventKind::rotated});
  }));
}

BOOST_AUTO_TEST_SUITE_END()
