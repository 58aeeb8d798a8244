#include "platform/base/backoff.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>

namespace blindfold::base {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

BOOST_AUTO_TEST_SUITE(backoff_tests)

BOOST_AUTO_TEST_CASE(the_limit_doubles_up_to_the_most) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Backoff backoff(seconds(1), seconds(30), Random(seed));
    for (const int limit : {1000, 2000, 4000, 8000, 16000, 30000, 30000, 30000}) {
      const milliseconds wait = backoff.next();
      BOOST_TEST(wait.count() >= limit / 10);
      BOOST_TEST(wait.count() <= limit);
    }
  }
}

BOOST_AUTO_TEST_CASE(the_whole_range_is_used) {
  milliseconds least = seconds(30);
  milliseconds most{0};
  for (std::uint64_t seed = 0; seed < 1000; ++seed) {
    Backoff backoff(seconds(1), seconds(30), Random(seed));
    const milliseconds wait = backoff.next();
    least = std::min(least, wait);
    most = std::max(most, wait);
  }
  BOOST_TEST(least.count() < 150);
  BOOST_TEST(most.count() > 950);
}

BOOST_AUTO_TEST_CASE(success_begins_anew) {
  Backoff backoff(seconds(1), seconds(30), Random(7));
  for (int times = 0; times < 10; ++times) {
    static_cast<void>(backoff.next());
  }
  backoff.reset();
  BOOST_TEST(backoff.next().count() <= 1000);
}

BOOST_AUTO_TEST_CASE(jitter_is_a_fifth_either_way) {
  Random random(3);
  milliseconds least = seconds(60);
  milliseconds most{0};
  for (int times = 0; times < 1000; ++times) {
    const milliseconds wait = jittered(seconds(30), random);
    least = std::min(least, wait);
    most = std::max(most, wait);
  }
  BOOST_TEST(least.count() >= 24000);
  BOOST_TEST(least.count() < 24300);
  BOOST_TEST(most.count() <= 36000);
  BOOST_TEST(most.count() > 35700);
}

BOOST_AUTO_TEST_CASE(two_of_the_system_differ) {
  BOOST_TEST(Random().fraction() != Random().fraction());
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace blindfold::base
