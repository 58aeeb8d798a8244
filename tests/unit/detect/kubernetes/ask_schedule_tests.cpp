#include "detect/kubernetes/ask_schedule.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <set>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::AskSchedule;
using detect::Pace;
using detect::RateLimit;

constexpr Pace defaults{.quick = 5s, .steady = 30s, .count = 5, .per = 1s};

struct Schedule {
  explicit Schedule(std::size_t questions = 1) {
    for (std::size_t each = 0; each < questions; ++each) {
      BOOST_REQUIRE(schedule.add(now) == each);
    }
  }

  /// All that are due now.
  std::vector<std::size_t> take() {
    std::vector<std::size_t> taken;
    while (const auto question = schedule.take(now)) {
      taken.push_back(*question);
    }
    return taken;
  }
  void answer_all(bool there) {
    for (const std::size_t question : take()) {
      schedule.answered(question, there, now);
    }
  }
  /// Goes to when the next one is due; how long that took.
  std::chrono::nanoseconds go_on() {
    const auto next = schedule.next(now);
    BOOST_REQUIRE(next.has_value());
    const auto passed = *next - now;
    now = std::max(now, *next);
    return passed;
  }

  base::SteadyTime now{12h};
  RateLimit rate{defaults, 1};
  AskSchedule schedule{defaults, rate, base::Random(1)};
};

void check_within_a_fifth(std::chrono::nanoseconds passed, std::chrono::milliseconds interval) {
  BOOST_TEST((passed >= interval * 4 / 5));
  BOOST_TEST((passed <= interval * 6 / 5 + 1ms));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(ask_schedule_tests)

BOOST_AUTO_TEST_CASE(the_first_thousand_are_due_at_once_in_order) {
  Schedule schedule(1000);
  const auto taken = schedule.take();
  BOOST_REQUIRE(taken.size() == 1000);
  for (std::size_t each = 0; each < taken.size(); ++each) {
    BOOST_REQUIRE(taken[each] == each);
  }
}

BOOST_AUTO_TEST_CASE(what_is_being_asked_is_not_asked_again) {
  Schedule schedule;
  BOOST_TEST(schedule.take().size() == 1);
  BOOST_TEST(!schedule.schedule.next(schedule.now).has_value());
  schedule.now += 1h;
  schedule.schedule.hint(schedule.now);
  schedule.schedule.ask_all(schedule.now);
  BOOST_TEST(schedule.take().empty());
}

BOOST_AUTO_TEST_CASE(what_is_there_is_asked_at_the_steady_pace) {
  Schedule schedule;
  for (int each = 0; each < 100; ++each) {
    schedule.answer_all(true);
    check_within_a_fifth(schedule.go_on(), defaults.steady);
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_there_is_asked_at_the_quick_pace) {
  Schedule schedule;
  for (int each = 0; each < 100; ++each) {
    schedule.answer_all(false);
    check_within_a_fifth(schedule.go_on(), defaults.quick);
  }
}

BOOST_AUTO_TEST_CASE(intervals_are_jittered) {
  Schedule schedule;
  std::set<std::chrono::nanoseconds> seen;
  for (int each = 0; each < 50; ++each) {
    schedule.answer_all(true);
    seen.insert(schedule.go_on());
  }
  BOOST_TEST(seen.size() > 40);
}

BOOST_AUTO_TEST_CASE(where_hints_come_nothing_is_asked_quickly) {
  Schedule schedule;
  schedule.schedule.set_hinted(true);
  schedule.answer_all(false);
  check_within_a_fifth(schedule.go_on(), defaults.steady);
  schedule.schedule.set_hinted(false);
  schedule.answer_all(false);
  check_within_a_fifth(schedule.go_on(), defaults.quick);
}

BOOST_AUTO_TEST_CASE(a_hint_asks_at_once_and_a_few_times_shortly_after) {
  Schedule schedule(2);
  const auto first = schedule.take();
  schedule.schedule.answered(first[0], true, schedule.now);
  schedule.schedule.answered(first[1], false, schedule.now);
  schedule.now += 1s;
  schedule.schedule.hint(schedule.now);
  const base::SteadyTime hinted = schedule.now;
  BOOST_TEST((schedule.take() == std::vector<std::size_t>{1}));
  schedule.schedule.answered(1, false, schedule.now);
  for (const auto after : {3ms, 12ms, 60ms, 300ms, 1500ms}) {
    BOOST_TEST((schedule.go_on() == after));
    schedule.answer_all(false);
  }
  check_within_a_fifth(schedule.go_on(), defaults.quick);
  BOOST_TEST((schedule.now - hinted > 5s));
}

BOOST_AUTO_TEST_CASE(what_has_come_needs_no_follow_up) {
  Schedule schedule;
  schedule.answer_all(false);
  schedule.schedule.hint(schedule.now);
  schedule.answer_all(false);
  schedule.go_on();
  schedule.answer_all(true);
  check_within_a_fifth(schedule.go_on(), defaults.steady);
}

// The question that is under way was asked before what the hint is about.
BOOST_AUTO_TEST_CASE(a_hint_while_it_is_being_asked_asks_again) {
  Schedule schedule;
  BOOST_TEST(schedule.take().size() == 1);
  schedule.schedule.hint(schedule.now);
  schedule.schedule.answered(0, false, schedule.now);
  BOOST_TEST((schedule.schedule.next(schedule.now) == schedule.now));
  BOOST_TEST(schedule.take().size() == 1);
}

BOOST_AUTO_TEST_CASE(hints_without_end_are_no_storm) {
  Schedule schedule(30);
  schedule.answer_all(false);
  std::size_t asked = 0;
  const base::SteadyTime begin = schedule.now;
  while (schedule.now < begin + 100s) {
    schedule.schedule.hint(schedule.now);
    for (const std::size_t question : schedule.take()) {
      ++asked;
      schedule.schedule.answered(question, false, schedule.now);
    }
    schedule.now += 1ms;
  }
  // A hundred, the rate, and the rate again.
  BOOST_TEST(asked <= 100 + 2 * 5 * 100 + 1);
  BOOST_TEST(asked >= 5 * 100);
}

BOOST_AUTO_TEST_CASE(follow_ups_of_many_hints_are_no_storm) {
  Schedule schedule(100);
  schedule.answer_all(false);
  std::size_t asked = 0;
  const base::SteadyTime begin = schedule.now;
  while (schedule.now < begin + 100s) {
    if ((schedule.now - begin) % 2s == 0s) {
      schedule.schedule.hint(schedule.now);
    }
    for (const std::size_t question : schedule.take()) {
      ++asked;
      schedule.schedule.answered(question, false, schedule.now);
    }
    schedule.now += 1ms;
  }
  BOOST_TEST(asked <= 100 + 2 * 5 * 100 + 1);
}

// Each hint would put what waits for its turn at the end.
BOOST_AUTO_TEST_CASE(hints_do_not_push_back_what_is_due) {
  Schedule schedule(200);
  schedule.answer_all(false);
  std::vector<int> asked(200);
  const base::SteadyTime begin = schedule.now;
  while (schedule.now < begin + 200s) {
    schedule.now += 100ms;
    if ((schedule.now - begin) % 1s == 0s) {
      schedule.schedule.hint(schedule.now);
    }
    for (const std::size_t question : schedule.take()) {
      ++asked[question];
      schedule.schedule.answered(question, false, schedule.now);
    }
  }
  BOOST_TEST(*std::ranges::min_element(asked) >= 2);
}

BOOST_AUTO_TEST_CASE(a_question_that_fails_alone_is_asked_less_and_less) {
  Schedule schedule;
  schedule.answer_all(false);
  schedule.go_on();
  for (const auto interval : {10s, 20s, 30s, 30s, 30s}) {
    BOOST_REQUIRE(schedule.take().size() == 1);
    schedule.schedule.failed(0, schedule.now);
    check_within_a_fifth(schedule.go_on(), interval);
  }
  schedule.answer_all(false);
  check_within_a_fifth(schedule.go_on(), defaults.quick);
}

BOOST_AUTO_TEST_CASE(one_that_failed_for_years_still_is_asked) {
  Schedule schedule;
  for (int each = 0; each < 1000; ++each) {
    BOOST_REQUIRE(schedule.take().size() == 1);
    schedule.schedule.failed(0, schedule.now);
    BOOST_REQUIRE((schedule.go_on() <= 36s));
  }
}

// One that has no answer must not keep the others from finding out that there is
// one again.
BOOST_AUTO_TEST_CASE(what_is_put_back_comes_after_what_is_due) {
  Schedule schedule(2);
  BOOST_REQUIRE((schedule.take() == std::vector<std::size_t>{0, 1}));
  schedule.schedule.answered(0, false, schedule.now);
  schedule.schedule.answered(1, false, schedule.now);
  schedule.now += 10s;
  const auto first = schedule.schedule.take(schedule.now);
  BOOST_REQUIRE(first.has_value());
  schedule.schedule.put_back(*first, schedule.now);
  BOOST_TEST((schedule.schedule.next(schedule.now) <= schedule.now + 200ms));
  schedule.now += 200ms;
  const auto second = schedule.schedule.take(schedule.now);
  BOOST_REQUIRE(second.has_value());
  BOOST_TEST(*second != *first);
}

BOOST_AUTO_TEST_CASE(what_was_not_asked_rests) {
  Schedule schedule;
  BOOST_REQUIRE(schedule.take().size() == 1);
  schedule.schedule.rest(0, schedule.now);
  check_within_a_fifth(schedule.go_on(), defaults.steady);
}

BOOST_AUTO_TEST_CASE(asking_for_all_does) {
  Schedule schedule(100);
  schedule.answer_all(true);
  BOOST_TEST(schedule.take().empty());
  schedule.schedule.ask_all(schedule.now);
  BOOST_TEST(schedule.take().size() == 100);
}

// A thousand at 30 s want 33 a second, of which there are 5: each has its turn,
// and one that is waited for does not wait for all of them.
BOOST_AUTO_TEST_CASE(a_thousand_that_are_there_do_not_hold_up_the_one_that_is_not) {
  Schedule schedule(1000);
  for (const std::size_t question : schedule.take()) {
    schedule.schedule.answered(question, question != 500, schedule.now);
  }
  const base::SteadyTime begin = schedule.now;
  std::vector<int> asked(1000);
  while (schedule.now < begin + 1000s) {
    schedule.go_on();
    for (const std::size_t question : schedule.take()) {
      ++asked[question];
      schedule.schedule.answered(question, question != 500, schedule.now);
    }
  }
  BOOST_TEST(asked[500] >= 1000 / 7);
  for (std::size_t each = 0; each < asked.size(); ++each) {
    if (each != 500) {
      BOOST_REQUIRE(asked[each] >= 3);
      BOOST_REQUIRE(asked[each] <= 6);
    }
  }
}

BOOST_AUTO_TEST_CASE(many_that_are_not_there_do_not_hold_up_what_is) {
  Schedule schedule(1000);
  for (const std::size_t question : schedule.take()) {
    schedule.schedule.answered(question, question == 500, schedule.now);
  }
  const base::SteadyTime begin = schedule.now;
  int asked = 0;
  while (schedule.now < begin + 1000s) {
    schedule.go_on();
    for (const std::size_t question : schedule.take()) {
      asked += question == 500 ? 1 : 0;
      schedule.schedule.answered(question, question == 500, schedule.now);
    }
  }
  BOOST_TEST(asked >= 1000 / 37);
}

// Two namespaces share one rate, and the first has more to ask than it allows.
BOOST_AUTO_TEST_CASE(one_schedule_does_not_starve_another) {
  base::SteadyTime now(12h);
  RateLimit rate(defaults, 1);
  AskSchedule many(defaults, rate, base::Random(1));
  AskSchedule few(defaults, rate, base::Random(2));
  const auto ask = [&now](AskSchedule& schedule) {
    int asked = 0;
    while (const auto question = schedule.take(now)) {
      ++asked;
      schedule.answered(*question, true, now);
    }
    return asked;
  };
  for (int each = 0; each < 1000; ++each) {
    static_cast<void>(many.add(now));
  }
  static_cast<void>(few.add(now));
  ask(many);
  ask(few);
  int asked = 0;
  for (const base::SteadyTime end = now + 1000s; now < end;) {
    now = std::max(now, std::min(*many.next(now), *few.next(now)));
    ask(many);
    asked += ask(few);
  }
  BOOST_TEST(asked >= 1000 / 37);
}

BOOST_AUTO_TEST_SUITE_END()
