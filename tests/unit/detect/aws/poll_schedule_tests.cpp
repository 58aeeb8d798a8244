#include "detect/aws/poll_schedule.hpp"

#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::Pace;
using detect::PollSchedule;

const base::SteadyTime noon(12h);
constexpr Pace pace{.quick = 15s, .steady = 5min, .count = 5, .per = 1s};

PollSchedule schedule_of(std::size_t questions, std::uint64_t seed = 1) {
  PollSchedule schedule(pace, base::Random(seed));
  for (std::size_t each = 0; each < questions; ++each) {
    static_cast<void>(schedule.add(noon));
  }
  return schedule;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(poll_schedule_tests)

BOOST_AUTO_TEST_CASE(at_first_all_are_due_in_their_order) {
  PollSchedule schedule = schedule_of(3);
  for (std::size_t each = 0; each < 3; ++each) {
    BOOST_TEST((schedule.next() == noon));
    BOOST_TEST((schedule.take(noon) == each));
    BOOST_TEST(schedule.asking(each));
  }
  BOOST_TEST(!schedule.take(noon).has_value());
  BOOST_TEST(!schedule.next().has_value());
}

BOOST_AUTO_TEST_CASE(none_is_taken_before_it_is_due) {
  PollSchedule schedule = schedule_of(1);
  BOOST_TEST(!schedule.take(noon - 1ns).has_value());
  BOOST_TEST((schedule.take_early() == 0U));
}

BOOST_AUTO_TEST_CASE(what_is_there_is_asked_for_steadily_and_what_is_not_quickly) {
  PollSchedule schedule = schedule_of(2);
  schedule.answered(*schedule.take(noon), false, noon, 1.0);
  BOOST_TEST((schedule.take(noon) == 1U));
  schedule.answered(1, true, noon, 1.0);
  BOOST_TEST((schedule.next() == noon + 15s));
  BOOST_TEST((schedule.take(noon + 15s) == 1U));
  BOOST_TEST((schedule.next() == noon + 5min));
}

BOOST_AUTO_TEST_CASE(after_ten_minutes_a_question_becomes_slower_down_to_a_minute) {
  PollSchedule schedule = schedule_of(1);
  base::SteadyTime now = noon;
  std::vector<std::chrono::seconds> intervals;
  for (int each = 0; each < 45; ++each) {
    static_cast<void>(schedule.take(now));
    schedule.answered(0, true, now, 1.0);
    intervals.push_back(std::chrono::duration_cast<std::chrono::seconds>(*schedule.next() - now));
    now = *schedule.next();
  }
  for (std::size_t each = 0; each < 40; ++each) {
    BOOST_TEST((intervals[each] == 15s));
  }
  BOOST_TEST((intervals[40] == 30s));
  BOOST_TEST((intervals[41] == 60s));
  BOOST_TEST((intervals[44] == 60s));
  schedule.ask_all(now);
  static_cast<void>(schedule.take(now));
  schedule.answered(0, true, now, 1.0);
  BOOST_TEST((*schedule.next() == now + 15s));
}

BOOST_AUTO_TEST_CASE(one_that_was_there_again_is_waited_for_anew) {
  PollSchedule schedule = schedule_of(1);
  static_cast<void>(schedule.take(noon));
  schedule.answered(0, true, noon, 1.0);
  schedule.answered(0, false, noon + 20min, 1.0);
  schedule.answered(0, true, noon + 30min, 1.0);
  BOOST_TEST((*schedule.next() == noon + 30min + 15s));
}

BOOST_AUTO_TEST_CASE(a_quick_pace_slower_than_a_minute_stays_what_it_is) {
  PollSchedule schedule({.quick = 2min, .steady = 5min, .count = 1, .per = 1s});
  static_cast<void>(schedule.add(noon));
  schedule.answered(0, true, noon, 1.0);
  schedule.answered(0, true, noon + 20min, 1.0);
  BOOST_TEST((*schedule.next() == noon + 22min));
}

BOOST_AUTO_TEST_CASE(failures_of_its_own_make_it_slower_up_to_the_steady_pace) {
  PollSchedule schedule = schedule_of(1);
  base::SteadyTime now = noon;
  for (const std::chrono::seconds expected : {15s, 30s, 60s, 120s, 240s, 300s, 300s}) {
    static_cast<void>(schedule.take(now));
    schedule.failed(0, now);
    const auto wait = *schedule.next() - now;
    BOOST_TEST((wait >= expected * 4 / 5));
    BOOST_TEST((wait <= expected * 6 / 5));
    now = *schedule.next();
  }
  for (int each = 0; each < 300; ++each) {
    schedule.failed(0, now);
  }
  BOOST_TEST((*schedule.next() <= now + 6min));
}

BOOST_AUTO_TEST_CASE(one_that_rests_is_due_when_it_is_put_or_pulled) {
  PollSchedule schedule = schedule_of(1);
  schedule.rest(0);
  BOOST_TEST(schedule.resting(0));
  BOOST_TEST(!schedule.next().has_value());
  schedule.ask_all(noon);
  BOOST_TEST(!schedule.next().has_value());
  schedule.pull(0, noon + 1min);
  BOOST_TEST((schedule.next() == noon + 1min));
  schedule.pull(0, noon + 2min);
  BOOST_TEST((schedule.next() == noon + 1min));
  schedule.pull(0, noon);
  BOOST_TEST((schedule.take(noon) == 0U));
  schedule.pull(0, noon);
  BOOST_TEST(!schedule.next().has_value());
}

BOOST_AUTO_TEST_CASE(a_factor_is_at_most_a_fifth_off_and_not_always_the_same) {
  BOOST_TEST(rc::check([](std::uint64_t seed) {
    PollSchedule schedule = schedule_of(1, seed);
    const double first = schedule.draw();
    const double second = schedule.draw();
    RC_ASSERT(first >= 0.8 && first <= 1.2);
    RC_ASSERT(second >= 0.8 && second <= 1.2);
    RC_ASSERT(first != second);
  }));
}

BOOST_AUTO_TEST_SUITE_END()
