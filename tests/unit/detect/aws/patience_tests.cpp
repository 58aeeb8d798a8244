#include "detect/aws/patience.hpp"

#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::Patience;

const base::SteadyTime noon(12h);

base::SteadyTime end_of(const Patience& patience, base::SteadyTime now) {
  return patience.until(now).value_or(now);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(patience_tests)

BOOST_AUTO_TEST_CASE(at_first_nothing_waits) {
  const Patience patience;
  BOOST_TEST(!patience.until(noon).has_value());
  BOOST_TEST(!patience.tried());
}

BOOST_AUTO_TEST_CASE(waits_grow_to_a_minute_and_none_is_nothing) {
  BOOST_TEST(rc::check([](std::uint64_t seed) {
    Patience patience{base::Random(seed)};
    base::SteadyTime now = noon;
    std::chrono::nanoseconds most = 250ms;
    for (int each = 0; each < 20; ++each) {
      patience.failed({}, now);
      const auto wait = end_of(patience, now) - now;
      RC_ASSERT(wait <= most);
      RC_ASSERT(wait >= most / 10);
      now += wait;
      RC_ASSERT(!patience.until(now).has_value());
      RC_ASSERT(patience.tried());
      most = std::min<std::chrono::nanoseconds>(most * 2, 60s);
    }
  }));
}

BOOST_AUTO_TEST_CASE(it_waits_as_long_as_it_was_asked_to_but_no_longer_than_five_minutes) {
  Patience patience;
  patience.failed(20s, noon);
  BOOST_TEST((end_of(patience, noon) == noon + 20s));
  Patience other;
  other.failed(std::chrono::hours(24), noon);
  BOOST_TEST((end_of(other, noon) == noon + 5min));
}

// Those that were on their way fail, too: that is one failure.
BOOST_AUTO_TEST_CASE(failures_while_it_waits_are_the_same_one) {
  Patience patience;
  patience.failed({}, noon);
  const auto end = end_of(patience, noon);
  for (int each = 0; each < 5; ++each) {
    patience.failed({}, noon + 1ms);
  }
  BOOST_TEST((end_of(patience, noon) == end));
  BOOST_TEST(!patience.lasting());
  patience.failed(3s, noon + 1ms);
  BOOST_TEST((end_of(patience, noon) == noon + 3s + 1ms));
}

BOOST_AUTO_TEST_CASE(failing_for_five_seconds_is_lasting_until_an_answer) {
  Patience patience;
  patience.failed({}, noon);
  patience.failed({}, noon + 4s);
  BOOST_TEST(!patience.lasting());
  patience.failed({}, noon + 10s);
  BOOST_TEST(patience.lasting());
  BOOST_TEST(patience.answered(noon + 2min));
  BOOST_TEST(!patience.lasting());
  BOOST_TEST(!patience.tried());
  BOOST_TEST(!patience.answered(noon + 2min));
  patience.failed({}, noon + 3min);
  BOOST_TEST(!patience.lasting());
  BOOST_TEST((end_of(patience, noon + 3min) <= noon + 3min + 250ms));
}

BOOST_AUTO_TEST_CASE(an_answer_from_before_ends_no_wait) {
  Patience patience;
  patience.failed(10s, noon);
  BOOST_TEST(!patience.answered(noon + 1s));
  BOOST_TEST((end_of(patience, noon + 1s) == noon + 10s));
  BOOST_TEST(patience.tried());
}

BOOST_AUTO_TEST_SUITE_END()
