#include "clients/aws/clock_offset.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold;
using namespace blindfold::aws;
using namespace std::chrono_literals;

namespace {

constexpr std::chrono::sys_seconds noon{1'800'000'000s};

/// In milliseconds, after a reply from a clock that is `ahead` of this one's.
long long after(ClockOffset& clock, std::chrono::seconds ahead, std::chrono::milliseconds took) {
  clock.note(noon + ahead, noon, took);
  return std::chrono::duration_cast<std::chrono::milliseconds>(clock.value()).count();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(clock_offset_tests)

BOOST_AUTO_TEST_CASE(a_minute_is_no_difference) {
  ClockOffset clock;
  for (const auto ahead : {0s, 59s, -60s, 10s}) {
    BOOST_TEST(after(clock, ahead, 0ms) == 0);
  }
  BOOST_TEST(after(clock, 60s, 0ms) == 60'500);
}

BOOST_AUTO_TEST_CASE(both_ways_and_back) {
  ClockOffset clock;
  BOOST_TEST(after(clock, 600s, 0ms) == 600'500);
  BOOST_TEST(after(clock, -7200s, 0ms) == -7'199'500);
  BOOST_TEST(after(clock, 0s, 0ms) == 0);
}

BOOST_AUTO_TEST_CASE(it_stays_as_it_is_until_it_is_off_by_a_minute) {
  ClockOffset clock;
  BOOST_TEST(after(clock, 600s, 0ms) == 600'500);
  BOOST_TEST(after(clock, 655s, 0ms) == 600'500);
  BOOST_TEST(after(clock, 545s, 0ms) == 600'500);
  BOOST_TEST(after(clock, 661s, 0ms) == 661'500);
}

BOOST_AUTO_TEST_CASE(the_middle_of_the_way_counts) {
  ClockOffset clock;
  BOOST_TEST(after(clock, 600s, 8000ms) == 604'500);
}

BOOST_AUTO_TEST_CASE(dates_of_other_ages) {
  ClockOffset clock;
  clock.note(std::chrono::sys_seconds(0s), noon, 1s);
  BOOST_TEST((clock.value() < -1'799'999'000s));
  clock.note(std::chrono::sys_days(std::chrono::year(9999) / 12 / 31), noon, 1s);
  BOOST_TEST((clock.value() > 24h * 365 * 7000));
}

BOOST_AUTO_TEST_SUITE_END()
