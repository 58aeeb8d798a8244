#include "detect/polling/rate_limit.hpp"

#include <rapidcheck.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <vector>

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::Pace;
using detect::RateLimit;
using detect::Turn;

const base::SteadyTime noon(12h);

Pace pace(std::uint32_t count, std::chrono::milliseconds per) {
  return {.quick = 5s, .steady = 30s, .count = count, .per = per};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rate_limit_tests)

BOOST_AUTO_TEST_CASE(they_are_evenly_spread) {
  RateLimit rate(pace(5, 1s), 1);
  BOOST_TEST((rate.book(noon) == noon));
  BOOST_TEST((rate.book(noon) == noon + 200ms));
  BOOST_TEST((rate.book(noon) == noon + 400ms));
  BOOST_TEST((rate.book(noon + 10s) == noon + 10s));
}

BOOST_AUTO_TEST_CASE(unused_ones_are_kept_up_to_the_burst) {
  RateLimit rate(pace(1, 2s), 3);
  for (int each = 0; each < 3; ++each) {
    BOOST_TEST(rate.take(noon));
  }
  BOOST_TEST(!rate.take(noon));
  BOOST_TEST((rate.next(noon) == noon + 2s));
  BOOST_TEST(rate.take(noon + 2s));
  BOOST_TEST(!rate.take(noon + 2s));
  for (int each = 0; each < 3; ++each) {
    BOOST_TEST(rate.take(noon + 1h));
  }
  BOOST_TEST(!rate.take(noon + 1h));
}

BOOST_AUTO_TEST_CASE(next_is_what_book_says_and_books_nothing) {
  RateLimit rate(pace(5, 1s), 1);
  for (int each = 0; each < 10; ++each) {
    const auto next = rate.next(noon);
    BOOST_TEST((rate.next(noon) == next));
    BOOST_TEST((rate.book(noon) == next));
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_taken_is_not_booked) {
  RateLimit rate(pace(1, 1s), 1);
  BOOST_TEST(rate.take(noon));
  for (int each = 0; each < 10; ++each) {
    BOOST_TEST(!rate.take(noon + 500ms));
  }
  BOOST_TEST(rate.take(noon + 1s));
}

BOOST_AUTO_TEST_CASE(rates_of_any_size_are_kept) {
  for (const Pace& each : {pace(0, 1s), pace(4'000'000'000, 1ms), pace(3, 1s), pace(1, 24h)}) {
    RateLimit rate(each, 1);
    BOOST_TEST((rate.book(noon) == noon));
    BOOST_TEST((rate.book(noon) > noon));
  }
}

// Whoever asks, whenever: in no stretch of `per` are there more than `count`.
BOOST_AUTO_TEST_CASE(it_is_never_exceeded) {
  BOOST_TEST(rc::check([] {
    const auto count = *rc::gen::inRange<std::uint32_t>(1, 20);
    const auto per = std::chrono::milliseconds(*rc::gen::inRange(1, 5000));
    RateLimit rate(pace(count, per), 1);
    base::SteadyTime now = noon;
    std::vector<base::SteadyTime> booked;
    for (const int pause : *rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 400))) {
      now += std::chrono::milliseconds(pause);
      booked.push_back(rate.book(now));
      RC_ASSERT(booked.back() >= now);
    }
    for (std::size_t each = count; each < booked.size(); ++each) {
      RC_ASSERT(booked[each] - booked[each - count] >= per);
    }
  }));
}

// Each books its next when it has had its turn.
BOOST_AUTO_TEST_CASE(those_who_share_it_take_turns) {
  RateLimit rate(pace(5, 1s), 1);
  std::array<Turn, 3> turns{Turn(rate), Turn(rate), Turn(rate)};
  std::array<int, 3> taken{};
  for (base::SteadyTime now = noon; now < noon + 60s; now += 1ms) {
    for (std::size_t each = 0; each < turns.size(); ++each) {
      while (turns.at(each).take(now)) {
        ++taken.at(each);
      }
    }
  }
  for (const int each : taken) {
    BOOST_TEST(each >= 99);
    BOOST_TEST(each <= 101);
  }
}

BOOST_AUTO_TEST_CASE(a_turn_says_when_it_comes) {
  RateLimit rate(pace(1, 1s), 1);
  Turn turn(rate);
  BOOST_TEST((turn.next(noon) == noon));
  BOOST_TEST(turn.take(noon));
  BOOST_TEST((turn.next(noon) == noon + 1s));
  BOOST_TEST(!turn.take(noon));
  BOOST_TEST((turn.next(noon + 400ms) == noon + 1s));
  BOOST_TEST(turn.take(noon + 1s));
}

// Booked, and then there was nothing to ask for a while: not two at once.
BOOST_AUTO_TEST_CASE(a_turn_that_was_missed_is_gone) {
  RateLimit rate(pace(1, 1s), 1);
  Turn turn(rate);
  BOOST_TEST(turn.take(noon));
  BOOST_TEST(!turn.take(noon));
  BOOST_TEST(turn.take(noon + 1h));
  BOOST_TEST(!turn.take(noon + 1h));
  BOOST_TEST(!turn.take(noon + 1h + 900ms));
  BOOST_TEST(turn.take(noon + 1h + 1s));
}

BOOST_AUTO_TEST_SUITE_END()
