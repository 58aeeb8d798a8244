#include "platform/loop/signal.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <csignal>
#include <optional>

#include "support/loop_fixture.hpp"

using blindfold::loop::Signal;
using blindfold::support::LoopFixture;

BOOST_AUTO_TEST_SUITE(signal_tests)

BOOST_FIXTURE_TEST_CASE(calls_back_on_the_loop, LoopFixture) {
  int hangups = 0;
  int users = 0;
  Signal hangup(loop(), [&]() noexcept { ++hangups; });
  Signal user(loop(), [&]() noexcept { ++users; });
  BOOST_REQUIRE(hangup.start(SIGHUP).has_value());
  BOOST_REQUIRE(user.start(SIGUSR1).has_value());
  BOOST_REQUIRE(::kill(::getpid(), SIGHUP) == 0);
  BOOST_TEST(hangups == 0);
  BOOST_TEST(run_until([&] { return hangups == 1; }));
  BOOST_REQUIRE(::kill(::getpid(), SIGHUP) == 0);
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
  BOOST_TEST(run_until([&] { return hangups == 2 && users == 1; }));
}

BOOST_FIXTURE_TEST_CASE(several_may_wait_for_one_signal, LoopFixture) {
  int calls = 0;
  Signal a(loop(), [&]() noexcept { ++calls; });
  Signal b(loop(), [&]() noexcept { ++calls; });
  BOOST_REQUIRE(a.start(SIGUSR2).has_value());
  BOOST_REQUIRE(b.start(SIGUSR2).has_value());
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR2) == 0);
  BOOST_TEST(run_until([&] { return calls == 2; }));
}

BOOST_FIXTURE_TEST_CASE(the_systems_action_is_back_after_stop, LoopFixture) {
  Signal signal(loop(), []() noexcept {});
  const auto handler = [] {
    struct sigaction action{};
    ::sigaction(SIGUSR1, nullptr, &action);
    return action.sa_handler;
  };
  BOOST_TEST((handler() == SIG_DFL));
  BOOST_REQUIRE(signal.start(SIGUSR1).has_value());
  BOOST_TEST((handler() != SIG_DFL));
  signal.stop();
  signal.stop();
  BOOST_TEST((handler() == SIG_DFL));
}

BOOST_FIXTURE_TEST_CASE(starting_again_takes_the_other_signal, LoopFixture) {
  int calls = 0;
  Signal signal(loop(), [&]() noexcept { ++calls; });
  Signal keeps_it_from_killing_us(loop(), []() noexcept {});
  BOOST_REQUIRE(keeps_it_from_killing_us.start(SIGUSR1).has_value());
  BOOST_REQUIRE(signal.start(SIGUSR1).has_value());
  BOOST_REQUIRE(signal.start(SIGUSR2).has_value());
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
  turn(5);
  BOOST_TEST(calls == 0);
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR2) == 0);
  BOOST_TEST(run_until([&] { return calls == 1; }));
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_caught_is_refused, LoopFixture) {
  Signal signal(loop(), []() noexcept {});
  for (const int number : {SIGKILL, 0, 1000}) {
    const auto started = signal.start(number);
    BOOST_REQUIRE(!started.has_value());
    BOOST_TEST(started.error().what.starts_with("cannot wait for signal "));
  }
  BOOST_TEST(signal.start(SIGUSR1).has_value());
}

BOOST_FIXTURE_TEST_CASE(destroyed_with_one_pending_it_is_never_called, LoopFixture) {
  int calls = 0;
  std::optional<Signal> signal;
  signal.emplace(loop(), [&]() noexcept { ++calls; });
  BOOST_REQUIRE(signal->start(SIGUSR1).has_value());
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
  signal.reset();
  turn(5);
  BOOST_TEST(calls == 0);
}

BOOST_FIXTURE_TEST_CASE(itself_and_another_can_be_destroyed_from_within, LoopFixture) {
  int calls = 0;
  std::optional<Signal> a;
  std::optional<Signal> b;
  a.emplace(loop(), [&]() noexcept {
    a.reset();
    b.reset();
    ++calls;
  });
  b.emplace(loop(), [&]() noexcept {
    b.reset();
    a.reset();
    ++calls;
  });
  BOOST_REQUIRE(a->start(SIGUSR1).has_value());
  BOOST_REQUIRE(b->start(SIGUSR1).has_value());
  BOOST_REQUIRE(::kill(::getpid(), SIGUSR1) == 0);
  BOOST_TEST(run_until([&] { return calls == 1; }));
  turn(5);
  BOOST_TEST(calls == 1);
}

BOOST_AUTO_TEST_SUITE_END()
