#include "platform/loop/loop.hpp"

#include <fcntl.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <csignal>
#include <memory>
#include <string>
#include <system_error>
#include <vector>

#include "platform/loop/deferred.hpp"
#include "platform/loop/poll.hpp"
#include "platform/loop/timer.hpp"
#include "support/loop_fixture.hpp"

using namespace std::chrono_literals;
using blindfold::base::SteadyTime;
using blindfold::base::SystemClock;
using blindfold::base::UniqueFd;
using blindfold::loop::Deferred;
using blindfold::loop::Loop;
using blindfold::loop::Poll;
using blindfold::loop::Readiness;
using blindfold::loop::Timer;
using blindfold::support::LoopFixture;
using blindfold::support::ManualLoopFixture;

BOOST_AUTO_TEST_SUITE(loop_tests)

BOOST_FIXTURE_TEST_CASE(with_nothing_to_do_everything_returns_at_once, LoopFixture) {
  loop().run();
  loop().turn();
  loop().wait_turn();
  loop().run();
}

BOOST_FIXTURE_TEST_CASE(stop_ends_run_after_the_current_turn, LoopFixture) {
  std::string ran;
  Timer never(loop(), [&]() noexcept { ran += 'n'; });
  never.start(1h);
  Deferred second(loop(), [&]() noexcept { ran += '2'; });
  Deferred first(loop(), [&]() noexcept {
    ran += '1';
    loop().stop();
  });
  first.schedule();
  second.schedule();
  loop().run();
  BOOST_TEST(ran == "12");
}

BOOST_FIXTURE_TEST_CASE(stop_before_run_makes_it_return_at_once, LoopFixture) {
  Timer never(loop(), []() noexcept {});
  never.start(1h);
  loop().stop();
  loop().run();
  BOOST_TEST(never.active());
}

BOOST_AUTO_TEST_CASE(a_stop_that_no_run_follows_does_not_keep_it_from_closing_clean) {
  const SystemClock clock;
  const UniqueFd event(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  Loop loop(clock);
  {
    Poll poll(loop, [](Readiness) noexcept {});
    BOOST_REQUIRE(poll.start(event.get(), Readiness::readable).has_value());
    loop.turn();
    loop.stop();
  }
}

BOOST_FIXTURE_TEST_CASE(now_is_refreshed_at_each_wake_up_and_constant_until_the_next_wait,
                        LoopFixture) {
  const UniqueFd event(::eventfd(1, EFD_NONBLOCK | EFD_CLOEXEC));
  std::vector<SteadyTime> seen;
  Deferred after(loop(), [&]() noexcept {
    seen.push_back(loop().now().steady);
    loop().stop();
  });
  Poll poll(loop(), [&](Readiness) noexcept {
    seen.push_back(loop().now().steady);
    const SteadyTime begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < begin + 2ms) {
    }
    seen.push_back(loop().now().steady);
    after.schedule();
    poll.stop();
  });
  for (int i = 0; i < 2; ++i) {
    const SteadyTime before = std::chrono::steady_clock::now();
    BOOST_REQUIRE(poll.start(event.get(), Readiness::readable).has_value());
    loop().run();
    BOOST_TEST((seen.at(0) >= before));
    BOOST_TEST((seen.at(0) == seen.at(1)));
    BOOST_TEST((seen.at(0) == seen.at(2)));
    seen.clear();
  }
}

BOOST_FIXTURE_TEST_CASE(a_manual_clock_and_a_real_pipe_at_the_same_time, ManualLoopFixture) {
  std::array<int, 2> ends{};
  BOOST_REQUIRE(::pipe2(ends.data(), O_CLOEXEC | O_NONBLOCK) == 0);
  const UniqueFd reader(ends[0]);
  const UniqueFd writer(ends[1]);
  std::string log;
  Timer timer(loop(), [&]() noexcept { log += 't'; });
  Poll poll(loop(), [&](Readiness) noexcept {
    char byte = 0;
    while (::read(reader.get(), &byte, 1) == 1) {
      log += byte;
    }
  });
  BOOST_REQUIRE(poll.start(reader.get(), Readiness::readable).has_value());
  timer.start(1h);
  BOOST_REQUIRE(::write(writer.get(), "a", 1) == 1);
  BOOST_TEST(run_until([&] { return log == "a"; }));
  turn(10);
  BOOST_TEST(log == "a");
  clock.advance(1h);
  BOOST_REQUIRE(::write(writer.get(), "b", 1) == 1);
  turn();
  BOOST_TEST(log == "atb");
}

BOOST_AUTO_TEST_CASE(two_loops_do_not_know_each_other) {
  const SystemClock clock;
  Loop first(clock);
  Loop second(clock);
  std::string ran;
  Deferred a(first, [&]() noexcept { ran += 'a'; });
  Deferred b(second, [&]() noexcept { ran += 'b'; });
  a.schedule();
  b.schedule();
  second.run();
  BOOST_TEST(ran == "b");
  first.run();
  BOOST_TEST(ran == "ba");
}

BOOST_AUTO_TEST_CASE(an_object_that_outlives_its_loop_aborts_the_process) {
  const pid_t child = ::fork();
  if (child == 0) {
    const UniqueFd null(::open("/dev/null", O_WRONLY | O_CLOEXEC));
    ::dup2(null.get(), 2);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    std::signal(SIGABRT, SIG_DFL);
    const SystemClock clock;
    auto loop = std::make_unique<Loop>(clock);
    const Timer timer(*loop, []() noexcept {});
    loop.reset();
    ::_exit(0);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGABRT);
}

BOOST_AUTO_TEST_CASE(out_of_descriptors_is_an_exception) {
  rlimit before{};
  BOOST_REQUIRE(::getrlimit(RLIMIT_NOFILE, &before) == 0);
  const rlimit none{3, before.rlim_max};
  BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &none) == 0);
  const SystemClock clock;
  BOOST_CHECK_THROW(const Loop loop(clock), std::system_error);
  BOOST_REQUIRE(::setrlimit(RLIMIT_NOFILE, &before) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
