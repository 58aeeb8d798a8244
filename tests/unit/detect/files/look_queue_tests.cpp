#include "detect/files/look_queue.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <deque>
#include <optional>

#include "support/loop_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using blindfold::detect::LookQueue;
using blindfold::detect::PendingLook;
using std::chrono::steady_clock;

struct QueueFixture : blindfold::support::LoopFixture {
  void add(std::chrono::nanoseconds cost) {
    looks.emplace_back(queue, [this, cost]() noexcept {
      const auto end = steady_clock::now() + cost;
      while (steady_clock::now() < end) {
      }
      ++made;
    });
  }

  int made = 0;
  int emptied = 0;
  blindfold::loop::Inotify inotify{loop()};
  LookQueue queue{loop(), inotify, [this]() noexcept { ++emptied; }};
  std::deque<PendingLook> looks;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(look_queue_tests, QueueFixture)

BOOST_AUTO_TEST_CASE(each_is_made_once_on_a_later_turn) {
  add(0ns);
  looks.front().schedule();
  looks.front().schedule();
  BOOST_TEST(made == 0);
  turn(3);
  BOOST_TEST(made == 1);
  BOOST_TEST(emptied == 1);
}

BOOST_AUTO_TEST_CASE(many_are_spread_over_turns) {
  for (int i = 0; i < 10; ++i) {
    add(1ms);
    looks.back().schedule();
  }
  int turns = 0;
  while (made < 10) {
    const int before = made;
    turn();
    BOOST_TEST(made - before <= 2);
    ++turns;
  }
  BOOST_TEST(turns >= 5);
  BOOST_TEST(emptied == 1);
}

BOOST_AUTO_TEST_CASE(what_is_destroyed_is_not_made) {
  add(0ns);
  add(0ns);
  looks.front().schedule();
  looks.back().schedule();
  looks.pop_front();
  turn(3);
  BOOST_TEST(made == 1);
}

BOOST_AUTO_TEST_CASE(one_may_be_scheduled_again_from_within) {
  std::optional<PendingLook> again;
  int runs = 0;
  again.emplace(queue, [&]() noexcept {
    if (++runs < 3) {
      again->schedule();
    }
  });
  again->schedule();
  turn(6);
  BOOST_TEST(runs == 3);
}

BOOST_AUTO_TEST_SUITE_END()
