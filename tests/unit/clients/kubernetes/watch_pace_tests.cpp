#include "clients/kubernetes/watch_pace.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>

using namespace blindfold::kubernetes;
using namespace std::chrono_literals;
using blindfold::base::SteadyTime;

namespace {

const SteadyTime start(1h);

Failure retry_after(std::chrono::seconds time) {
  Failure failure;
  failure.status.retry_after = time;
  return failure;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(watch_pace_tests)

BOOST_AUTO_TEST_CASE(waits_double_up_to_half_a_minute) {
  WatchPace pace;
  WatchPace::Duration limit = 1s;
  for (int i = 0; i < 10; ++i) {
    const auto next = pace.next();
    BOOST_TEST((next >= limit / 10));
    BOOST_TEST((next <= limit));
    limit = std::min<WatchPace::Duration>(limit * 2, 30s);
  }
}

BOOST_AUTO_TEST_CASE(a_server_may_ask_for_longer_within_reason) {
  WatchPace pace;
  BOOST_TEST((pace.next(retry_after(60s)) == 60s));
  BOOST_TEST((pace.next(retry_after(3600s)) == 300s));
  BOOST_TEST((pace.next(retry_after(0s)) <= 4s));
}

BOOST_AUTO_TEST_CASE(short_ones_are_counted_until_one_lives) {
  WatchPace pace;
  pace.begin(start);
  BOOST_TEST(!pace.ended(start + 9999ms));
  BOOST_TEST(!pace.ended(start));
  BOOST_TEST(pace.short_ones() == 2);
  for (int i = 0; i < 10; ++i) {
    static_cast<void>(pace.next());
  }
  BOOST_TEST(pace.ended(start + 10s));
  BOOST_TEST(pace.short_ones() == 0);
  BOOST_TEST((pace.next() <= 1s));
}

BOOST_AUTO_TEST_CASE(lifetimes_are_between_the_least_and_twice_that) {
  WatchPace pace;
  for (int i = 0; i < 100; ++i) {
    const auto lifetime = pace.lifetime(300s);
    BOOST_TEST((lifetime >= 300s));
    BOOST_TEST((lifetime <= 600s));
  }
}

BOOST_AUTO_TEST_SUITE_END()
