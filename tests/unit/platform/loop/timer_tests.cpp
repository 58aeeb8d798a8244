#include "platform/loop/timer.hpp"

#include <sys/eventfd.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <ctime>
#include <deque>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "platform/loop/deferred.hpp"
#include "platform/loop/poll.hpp"
#include "support/loop_fixture.hpp"

using namespace std::chrono_literals;
using blindfold::base::SteadyTime;
using blindfold::loop::Timer;
using blindfold::support::LoopFixture;
using blindfold::support::ManualLoopFixture;

namespace {

struct ManualTimers : ManualLoopFixture {
  void advance(std::chrono::microseconds by) {
    clock.advance(by);
    turn();
  }
  std::string fired;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(timer_tests)

BOOST_FIXTURE_TEST_CASE(fires_once_at_its_deadline, ManualTimers) {
  Timer timer(loop(), [this]() noexcept { fired += 'a'; });
  BOOST_TEST(!timer.active());
  BOOST_TEST(!timer.deadline().has_value());
  timer.start(10ms);
  BOOST_TEST(timer.active());
  BOOST_TEST((timer.deadline() == clock.now().steady + 10ms));
  advance(9999us);
  BOOST_TEST(fired == "");
  advance(1us);
  BOOST_TEST(fired == "a");
  BOOST_TEST(!timer.active());
  BOOST_TEST(!timer.deadline().has_value());
  advance(1h);
  BOOST_TEST(fired == "a");
}

BOOST_FIXTURE_TEST_CASE(fires_in_the_order_of_deadlines_then_of_starting, ManualTimers) {
  Timer a(loop(), [this]() noexcept { fired += 'a'; });
  Timer b(loop(), [this]() noexcept { fired += 'b'; });
  Timer c(loop(), [this]() noexcept { fired += 'c'; });
  Timer d(loop(), [this]() noexcept { fired += 'd'; });
  d.start(5ms);
  c.start(5ms);
  b.start(2ms);
  a.start(5ms);
  d.start(5ms);  // starting again puts it behind
  advance(5ms);
  BOOST_TEST(fired == "bcad");
}

BOOST_FIXTURE_TEST_CASE(a_past_deadline_fires_on_the_next_turn, ManualTimers) {
  Timer a(loop(), [this]() noexcept { fired += 'a'; });
  Timer b(loop(), [this]() noexcept { fired += 'b'; });
  Timer c(loop(), [this]() noexcept { fired += 'c'; });
  a.start(0ms);
  b.start(-1h);
  c.start_at(SteadyTime::min());
  BOOST_TEST(fired == "");
  turn();
  BOOST_TEST(fired == "cba");
}

BOOST_FIXTURE_TEST_CASE(the_longest_delay_is_never, ManualTimers) {
  Timer timer(loop(), [this]() noexcept { fired += 'a'; });
  timer.start(std::chrono::nanoseconds::max());
  BOOST_TEST((timer.deadline() == SteadyTime::max()));
  advance(24h * 365 * 100);
  BOOST_TEST(fired == "");
}

BOOST_FIXTURE_TEST_CASE(stops_and_starts_again, ManualTimers) {
  Timer timer(loop(), [this]() noexcept { fired += 'a'; });
  timer.start(10ms);
  timer.stop();
  timer.stop();
  BOOST_TEST(!timer.active());
  advance(10ms);
  BOOST_TEST(fired == "");
  timer.start(10ms);
  advance(5ms);
  timer.start(10ms);
  advance(5ms);
  BOOST_TEST(fired == "");
  advance(5ms);
  BOOST_TEST(fired == "a");
}

BOOST_FIXTURE_TEST_CASE(starting_again_at_once_fires_once_a_turn, ManualTimers) {
  int count = 0;
  std::optional<Timer> timer;
  timer.emplace(loop(), [&count, &timer]() noexcept {
    ++count;
    timer->start(0ms);
  });
  timer->start(0ms);
  for (int turns = 1; turns <= 5; ++turns) {
    turn();
    BOOST_TEST(count == turns);
  }
}

BOOST_FIXTURE_TEST_CASE(the_others_of_a_turn_can_be_stopped_and_started_from_within, ManualTimers) {
  Timer later(loop(), [this]() noexcept { fired += 'l'; });
  Timer stopped(loop(), [this]() noexcept { fired += 's'; });
  Timer again(loop(), [this]() noexcept { fired += 'r'; });
  Timer first(loop(), [&]() noexcept {
    fired += 'f';
    BOOST_TEST(stopped.active());  // due, and not yet fired
    stopped.stop();
    BOOST_TEST(!stopped.active());
    again.start(0ms);  // moves to the next turn
    later.start(1ms);
  });
  first.start(1ms);
  stopped.start(1ms);
  again.start(1ms);
  advance(1ms);
  BOOST_TEST(fired == "f");
  turn();
  BOOST_TEST(fired == "fr");
  advance(1ms);
  BOOST_TEST(fired == "frl");
}

BOOST_FIXTURE_TEST_CASE(itself_and_others_can_be_destroyed_from_within, ManualTimers) {
  auto due = std::make_unique<Timer>(loop(), [this]() noexcept { fired += 'd'; });
  auto waiting = std::make_unique<Timer>(loop(), [this]() noexcept { fired += 'w'; });
  std::optional<Timer> self;
  const auto held = std::make_shared<int>(7);
  self.emplace(loop(), [this, &self, &due, &waiting, held]() noexcept {
    self.reset();
    due.reset();
    waiting.reset();
    fired += std::to_string(*held);  // what was captured outlives the call
  });
  self->start(1ms);
  due->start(1ms);
  waiting->start(2ms);
  advance(1ms);
  advance(5ms);
  BOOST_TEST(fired == "7");
  BOOST_TEST(held.use_count() == 1);
}

BOOST_FIXTURE_TEST_CASE(another_can_take_its_place_from_within, ManualTimers) {
  std::optional<Timer> self;
  self.emplace(loop(), [this, &self]() noexcept {
    self.emplace(loop(), [this]() noexcept { fired += 'b'; });
    self->start(0ms);
    fired += 'a';
  });
  self->start(0ms);
  turn(3);
  BOOST_TEST(fired == "ab");
}

BOOST_FIXTURE_TEST_CASE(now_is_constant_within_a_turn, ManualTimers) {
  std::vector<SteadyTime> seen;
  Timer second(loop(), [&]() noexcept { seen.push_back(loop().now().steady); });
  Timer first(loop(), [&]() noexcept {
    clock.advance(1h);
    seen.push_back(loop().now().steady);
  });
  const SteadyTime begin = clock.now().steady;
  first.start(1ms);
  second.start(1ms);
  advance(1ms);
  BOOST_TEST((seen == std::vector{begin + 1ms, begin + 1ms}));
  BOOST_TEST((loop().now() == clock.now()));
}

BOOST_FIXTURE_TEST_CASE(run_fires_what_is_due_by_a_manual_clock_and_returns, ManualTimers) {
  Timer later(loop(), [this]() noexcept { fired += 'l'; });
  Timer second(loop(), [this]() noexcept { fired += 'b'; });
  Timer first(loop(), [&]() noexcept {
    fired += 'a';
    second.start(0ms);
  });
  first.start(1ms);
  later.start(2ms);
  clock.advance(1ms);
  loop().run();  // nothing is left that could happen by itself
  BOOST_TEST(fired == "ab");
}

BOOST_FIXTURE_TEST_CASE(ten_thousand_at_random_agree_with_a_reference, ManualTimers) {
  constexpr std::size_t count = 10'000;
  std::mt19937 random(20261123);
  std::uniform_int_distribution<std::size_t> any(0, count - 1);
  std::uniform_int_distribution<int> delay(0, 200);
  std::uniform_int_distribution<int> act(0, 9);

  struct Expected {
    SteadyTime deadline{};
    std::uint64_t order = 0;
    bool active = false;
  };
  std::vector<Expected> expected(count);
  std::vector<std::size_t> seen;
  std::deque<Timer> timers;
  for (std::size_t i = 0; i < count; ++i) {
    timers.emplace_back(loop(), [&seen, i]() noexcept { seen.push_back(i); });
  }
  std::uint64_t order = 0;
  const auto change = [&](std::size_t i) {
    if (act(random) < 7) {
      const auto wait = std::chrono::milliseconds(delay(random));
      timers[i].start(wait);
      expected[i] = {loop().now().steady + wait, ++order, true};
    } else {
      timers[i].stop();
      expected[i].active = false;
    }
  };
  for (std::size_t i = 0; i < count; ++i) {
    change(i);
  }
  for (int round = 0; round < 300; ++round) {
    for (int changes = 0; changes < 100; ++changes) {
      change(any(random));
    }
    clock.advance(std::chrono::milliseconds(delay(random) / 50));
    std::vector<std::size_t> due;
    for (std::size_t i = 0; i < count; ++i) {
      if (expected[i].active && expected[i].deadline <= clock.now().steady) {
        due.push_back(i);
        expected[i].active = false;
      }
    }
    std::ranges::sort(due, {}, [&](std::size_t i) {
      return std::tuple(expected[i].deadline, expected[i].order);
    });
    seen.clear();
    turn();
    BOOST_REQUIRE(seen == due);
  }
  for (std::size_t i = 0; i < count; ++i) {
    BOOST_REQUIRE(timers[i].active() == expected[i].active);
  }
}

BOOST_FIXTURE_TEST_CASE(ten_thousand_changing_each_other_from_within_stay_in_order, ManualTimers) {
  constexpr std::size_t count = 10'000;
  std::mt19937 random(4);
  std::uniform_int_distribution<std::size_t> any(0, count - 1);
  std::uniform_int_distribution<int> delay(0, 50);
  std::vector<std::unique_ptr<Timer>> timers(count);
  std::size_t calls = 0;
  SteadyTime last{};
  std::vector<SteadyTime> deadlines(count);
  std::function<void(std::size_t)> make = [&](std::size_t i) {
    timers[i] = std::make_unique<Timer>(loop(), [&, i]() noexcept {
      ++calls;
      BOOST_REQUIRE(deadlines[i] <= loop().now().steady);
      BOOST_REQUIRE(deadlines[i] >= last);
      last = deadlines[i];
      timers[any(random)]->stop();
      if (const std::size_t other = any(random); other != i) {
        make(other);
      }
    });
    deadlines[i] = loop().now().steady + std::chrono::milliseconds(delay(random));
    timers[i]->start_at(deadlines[i]);
  };
  for (std::size_t i = 0; i < count; ++i) {
    make(i);
  }
  for (int round = 0; round < 100; ++round) {
    last = {};
    advance(3ms);
  }
  BOOST_TEST(calls > count);
}

BOOST_FIXTURE_TEST_CASE(never_early_on_the_real_clock, LoopFixture) {
  struct Probe {
    Probe(LoopFixture& fixture, std::chrono::microseconds wait)
        : timer(fixture.loop(), [this, &fixture]() noexcept {
            early = std::chrono::steady_clock::now() < deadline ||
                    fixture.loop().now().steady < deadline;
            done = true;
          }) {
      deadline = std::chrono::steady_clock::now() + wait;
      timer.start_at(deadline);
    }
    SteadyTime deadline;
    bool early = false;
    bool done = false;
    Timer timer;
  };
  std::deque<Probe> probes;
  for (int i = 0; i < 200; ++i) {
    probes.emplace_back(*this, std::chrono::microseconds(733 * i));
  }
  BOOST_TEST(run_until([&] { return std::ranges::all_of(probes, &Probe::done); }));
  BOOST_TEST(std::ranges::none_of(probes, &Probe::early));
}

BOOST_FIXTURE_TEST_CASE(the_delay_counts_from_now_though_libuv_looked_long_ago, LoopFixture) {
  // A callback that took long: libuv's cached time is that long behind.
  SteadyTime deadline{};
  bool done = false;
  Timer timer(loop(), [&]() noexcept { done = true; });
  blindfold::loop::Deferred slow(loop(), [&]() noexcept {
    const SteadyTime begin = std::chrono::steady_clock::now();
    while (std::chrono::steady_clock::now() < begin + 40ms) {
    }
    deadline = std::chrono::steady_clock::now() + 10ms;
    timer.start_at(deadline);
  });
  slow.schedule();
  BOOST_TEST(run_until([&] { return done; }));
  BOOST_TEST((std::chrono::steady_clock::now() >= deadline));
}

BOOST_FIXTURE_TEST_CASE(waiting_for_less_than_a_millisecond_takes_no_processor_time, LoopFixture) {
  const std::clock_t begin = std::clock();
  for (int i = 0; i < 50; ++i) {
    bool done = false;
    Timer timer(loop(), [&]() noexcept { done = true; });
    timer.start(900us);
    while (!done) {
      loop().wait_turn();
    }
  }
  const double seconds = static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC;
  BOOST_TEST(seconds < 0.5 * 50 * 0.0009);
}

BOOST_FIXTURE_TEST_CASE(descriptors_are_looked_at_before_what_timers_start_at_once, LoopFixture) {
  const blindfold::base::UniqueFd event(::eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC));
  std::string log;
  blindfold::loop::Poll poll(loop(), [&](blindfold::loop::Readiness) noexcept {
    log += 'p';
    poll.stop();
  });
  BOOST_REQUIRE(poll.start(event.get(), blindfold::loop::Readiness::readable).has_value());
  Timer second(loop(), [&]() noexcept { log += '2'; });
  Timer first(loop(), [&]() noexcept {
    log += '1';
    ::eventfd_write(event.get(), 1);
    second.start(0ms);
  });
  first.start(2ms);
  loop().run();
  BOOST_TEST(log == "1p2");
}

BOOST_FIXTURE_TEST_CASE(run_waits_for_timers_and_ends_with_the_last, LoopFixture) {
  std::string fired;
  Timer b(loop(), [&]() noexcept { fired += 'b'; });
  Timer a(loop(), [&]() noexcept {
    fired += 'a';
    b.start(3ms);
  });
  a.start(3ms);
  loop().run();
  BOOST_TEST(fired == "ab");
}

BOOST_FIXTURE_TEST_CASE(a_turn_fires_what_is_due_and_does_not_wait, LoopFixture) {
  std::string fired;
  Timer due(loop(), [&]() noexcept { fired += 'd'; });
  Timer later(loop(), [&]() noexcept { fired += 'l'; });
  later.start(1h);
  due.start_at(std::chrono::steady_clock::now());
  loop().turn();
  BOOST_TEST(fired == "d");
}

BOOST_AUTO_TEST_SUITE_END()
