#include "platform/loop/deferred.hpp"

#include <sys/eventfd.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/loop/poll.hpp"
#include "platform/loop/timer.hpp"
#include "support/loop_fixture.hpp"

using namespace std::chrono_literals;
using blindfold::base::UniqueFd;
using blindfold::loop::Deferred;
using blindfold::loop::Poll;
using blindfold::loop::Readiness;
using blindfold::loop::Timer;
using blindfold::support::LoopFixture;
using blindfold::support::ManualLoopFixture;

BOOST_AUTO_TEST_SUITE(deferred_tests)

BOOST_FIXTURE_TEST_CASE(runs_once_on_a_later_turn_in_order, LoopFixture) {
  std::string ran;
  Deferred a(loop(), [&]() noexcept { ran += 'a'; });
  Deferred b(loop(), [&]() noexcept { ran += 'b'; });
  Deferred c(loop(), [&]() noexcept { ran += 'c'; });
  c.schedule();
  a.schedule();
  b.schedule();
  c.schedule();
  BOOST_TEST(c.scheduled());
  BOOST_TEST(ran == "");
  turn(3);
  BOOST_TEST(ran == "cab");
  BOOST_TEST(!c.scheduled());
}

BOOST_FIXTURE_TEST_CASE(what_is_cancelled_does_not_run, LoopFixture) {
  std::string ran;
  Deferred a(loop(), [&]() noexcept { ran += 'a'; });
  Deferred b(loop(), [&]() noexcept { ran += 'b'; });
  Deferred c(loop(), [&]() noexcept { ran += 'c'; });
  a.schedule();
  b.schedule();
  c.schedule();
  b.cancel();
  b.cancel();
  BOOST_TEST(!b.scheduled());
  turn(2);
  BOOST_TEST(ran == "ac");
}

BOOST_FIXTURE_TEST_CASE(deferred_within_deferred_runs_on_the_turn_after, LoopFixture) {
  std::vector<int> turns;
  int current = 0;
  std::optional<Deferred> self;
  self.emplace(loop(), [&]() noexcept {
    turns.push_back(current);
    self->schedule();
  });
  self->schedule();
  for (current = 1; current <= 4; ++current) {
    turn();
  }
  BOOST_TEST((turns == std::vector{1, 2, 3, 4}));
}

BOOST_FIXTURE_TEST_CASE(descriptors_are_looked_at_between_two_turns_of_deferred, LoopFixture) {
  const UniqueFd event(::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC));
  bool ready = false;
  Poll poll(loop(), [&](Readiness) noexcept { ready = true; });
  BOOST_REQUIRE(poll.start(event.get(), Readiness::readable).has_value());
  std::optional<Deferred> self;
  int rounds = 0;
  self.emplace(loop(), [&]() noexcept {
    if (!ready && ++rounds < 100) {
      self->schedule();
    }
  });
  self->schedule();
  BOOST_TEST(run_until([&] { return ready; }));
  BOOST_TEST(rounds <= 2);
}

BOOST_FIXTURE_TEST_CASE(itself_and_others_can_be_destroyed_from_within, LoopFixture) {
  std::string ran;
  auto other = std::make_unique<Deferred>(loop(), [&]() noexcept { ran += 'o'; });
  std::optional<Deferred> self;
  const auto held = std::make_shared<int>(7);
  self.emplace(loop(), [&, held]() noexcept {
    self.reset();
    other.reset();
    ran += std::to_string(*held);
  });
  self->schedule();
  other->schedule();
  turn(3);
  BOOST_TEST(ran == "7");
  BOOST_TEST(held.use_count() == 1);
}

BOOST_FIXTURE_TEST_CASE(others_can_be_cancelled_and_scheduled_from_within, LoopFixture) {
  std::string ran;
  Deferred cancelled(loop(), [&]() noexcept { ran += 'x'; });
  Deferred moved(loop(), [&]() noexcept { ran += 'm'; });
  Deferred last(loop(), [&]() noexcept { ran += 'l'; });
  Deferred first(loop(), [&]() noexcept {
    ran += 'f';
    cancelled.cancel();
    moved.cancel();
    moved.schedule();  // is now behind this turn
  });
  first.schedule();
  cancelled.schedule();
  moved.schedule();
  last.schedule();
  turn();
  BOOST_TEST(ran == "fl");
  turn();
  BOOST_TEST(ran == "flm");
}

BOOST_FIXTURE_TEST_CASE(runs_from_every_phase_before_the_loop_waits, LoopFixture) {
  // Nothing else would wake the loop: a lost wake-up hangs until the limit.
  const UniqueFd event(::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC));
  for (int i = 0; i < 50; ++i) {
    bool ran = false;
    Deferred deferred(loop(), [&]() noexcept { ran = true; });
    Timer timer(loop(), [&]() noexcept { deferred.schedule(); });
    timer.start(std::chrono::microseconds(i * 50));
    BOOST_REQUIRE(run_until([&] { return ran; }));

    ran = false;
    Poll poll(loop(), [&](Readiness) noexcept {
      poll.stop();
      deferred.schedule();
    });
    BOOST_REQUIRE(poll.start(event.get(), Readiness::readable).has_value());
    BOOST_REQUIRE(run_until([&] { return ran; }));

    ran = false;
    Deferred outer(loop(), [&]() noexcept { deferred.schedule(); });
    outer.schedule();
    BOOST_REQUIRE(run_until([&] { return ran; }));

    ran = false;
    deferred.schedule();
    BOOST_REQUIRE(run_until([&] { return ran; }));
  }
}

BOOST_FIXTURE_TEST_CASE(run_goes_on_while_something_is_deferred_and_no_longer, ManualLoopFixture) {
  int left = 5;
  std::optional<Deferred> self;
  self.emplace(loop(), [&]() noexcept {
    if (--left > 0) {
      self->schedule();
    }
  });
  self->schedule();
  loop().run();
  BOOST_TEST(left == 0);
}

BOOST_FIXTURE_TEST_CASE(what_is_still_deferred_when_the_loop_stops_waits_for_the_next_run,
                        LoopFixture) {
  std::string ran;
  Deferred later(loop(), [&]() noexcept { ran += 'l'; });
  Deferred first(loop(), [&]() noexcept {
    loop().stop();
    later.schedule();
  });
  first.schedule();
  loop().run();
  BOOST_TEST(ran == "");
  loop().run();
  BOOST_TEST(ran == "l");
}

BOOST_AUTO_TEST_SUITE_END()
