#include "core/bus/bus.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "support/loop_fixture.hpp"

using blindfold::bus::Bus;
using blindfold::bus::Subscription;
using blindfold::model::EventKind;
using blindfold::model::RotationEvent;
using blindfold::support::ManualLoopFixture;
using Numbers = std::vector<std::uint64_t>;

namespace {

RotationEvent event(std::uint64_t sequence) {
  return {.sequence = sequence,
          .kind = EventKind::rotated,
          .id = "requirement-" + std::to_string(sequence),
          .at = {}};
}

struct Publishing : ManualLoopFixture {
  void publish(const Numbers& sequences) {
    for (const std::uint64_t sequence : sequences) {
      bus.publish(event(sequence));
    }
  }
  [[nodiscard]] auto into(Numbers& numbers) {
    return [&numbers](const RotationEvent& told) noexcept { numbers.push_back(told.sequence); };
  }
  Bus bus{loop(), 3};
};

void check(const Numbers& numbers, const Numbers& expected) {
  BOOST_TEST(numbers == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bus_tests)

BOOST_FIXTURE_TEST_CASE(carries_the_whole_event_on_a_later_turn, Publishing) {
  std::vector<RotationEvent> told;
  const Subscription subscription = bus.subscribe(
      [&told](const RotationEvent& published) noexcept { told.push_back(published); });
  publish({1});
  BOOST_TEST(told.empty());
  turn();
  BOOST_TEST((told == std::vector{event(1)}));
  turn(3);
  BOOST_TEST(told.size() == 1u);
}

BOOST_FIXTURE_TEST_CASE(every_subscriber_is_told_everything_in_order, Publishing) {
  Numbers a;
  Numbers b;
  const Subscription first = bus.subscribe(into(a));
  const Subscription second = bus.subscribe(into(b));
  publish({1, 2, 7, 8, 9, 10});  // more than the history keeps
  turn();
  publish({11});
  turn();
  check(a, {1, 2, 7, 8, 9, 10, 11});
  check(b, a);
}

BOOST_FIXTURE_TEST_CASE(a_new_subscriber_is_not_told_of_what_is_still_undelivered, Publishing) {
  Numbers old;
  Numbers fresh;
  const Subscription first = bus.subscribe(into(old));
  publish({1, 2});
  const Subscription second = bus.subscribe(into(fresh));
  publish({3});
  turn();
  check(old, {1, 2, 3});
  check(fresh, {3});
}

BOOST_FIXTURE_TEST_CASE(destruction_and_moves_end_a_subscription_at_once, Publishing) {
  Numbers a;
  Numbers b;
  const auto held = std::make_shared<int>(0);
  std::optional<Subscription> first(bus.subscribe(
      [held, &a](const RotationEvent& told) noexcept { a.push_back(told.sequence); }));
  Subscription second = bus.subscribe(into(b));
  publish({1});
  first.reset();
  BOOST_TEST(held.use_count() == 1);  // nothing of the callback is left
  turn();
  check(a, {});
  check(b, {1});

  Subscription moved = std::move(second);
  publish({2});
  turn();
  check(b, {1, 2});
  moved = bus.subscribe(into(a));
  publish({3});
  turn();
  check(b, {1, 2});
  check(a, {3});
  moved = Subscription();
  publish({4});
  turn();
  check(a, {3});
}

BOOST_FIXTURE_TEST_CASE(a_subscription_may_outlive_the_bus, ManualLoopFixture) {
  std::optional<Bus> bus(std::in_place, loop());
  const Subscription subscription = bus->subscribe([](const RotationEvent&) noexcept {});
  bus->publish(event(1));
  bus.reset();
  turn(2);
}

BOOST_FIXTURE_TEST_CASE(a_subscriber_may_end_itself_and_others_from_within, Publishing) {
  Numbers a;
  Numbers b;
  Numbers c;
  std::optional<Subscription> first;
  std::optional<Subscription> self;
  std::optional<Subscription> last;
  const auto held = std::make_shared<int>(7);
  first = bus.subscribe(into(a));
  self = bus.subscribe([&, held](const RotationEvent& told) noexcept {
    self.reset();
    first.reset();
    last.reset();
    b.push_back(told.sequence + static_cast<std::uint64_t>(*held));
  });
  last = bus.subscribe(into(c));
  publish({1, 2});
  turn(2);
  check(a, {1, 2});
  check(b, {8});
  check(c, {});
  BOOST_TEST(held.use_count() == 1);
}

BOOST_FIXTURE_TEST_CASE(what_is_published_from_within_comes_on_the_turn_after, Publishing) {
  Numbers a;
  Numbers b;
  const Subscription first = bus.subscribe([&](const RotationEvent& told) noexcept {
    a.push_back(told.sequence);
    if (told.sequence <= 2) {
      bus.publish(event(told.sequence + 10));
    }
  });
  const Subscription second = bus.subscribe(into(b));
  publish({1, 2});
  turn();
  check(a, {1, 2});
  check(b, {1, 2});
  turn();
  check(a, {1, 2, 11, 12});
  check(b, a);
}

BOOST_FIXTURE_TEST_CASE(who_subscribes_from_within_is_told_of_the_next_event_only, Publishing) {
  Numbers fresh;
  Numbers replayed;
  bool complete = false;
  std::vector<Subscription> added;
  const Subscription first = bus.subscribe([&](const RotationEvent&) noexcept {
    if (added.empty()) {
      for (int i = 0; i < 50; ++i) {  // the bus's own list grows
        added.push_back(bus.subscribe(into(fresh)));
      }
      added.push_back(bus.subscribe_after(0, complete, into(replayed)));
    }
  });
  const Subscription second = bus.subscribe([](const RotationEvent&) noexcept {});
  publish({1, 2, 3, 4, 5});  // only three of them are kept, but for the replay
  turn();
  check(fresh, {});
  check(replayed, {});
  BOOST_TEST(complete);
  turn();
  check(replayed, {1, 2, 3, 4, 5});
  publish({6});
  turn();
  check(fresh, Numbers(50, 6));
  check(replayed, {1, 2, 3, 4, 5, 6});
}

BOOST_FIXTURE_TEST_CASE(replays_what_is_kept_on_a_later_turn_and_none_twice, Publishing) {
  publish({1, 2, 3});
  turn();
  publish({5});  // not delivered yet
  Numbers a;
  bool complete = false;
  const Subscription subscription = bus.subscribe_after(1, complete, into(a));
  BOOST_TEST(complete);
  publish({6});
  check(a, {});
  turn(3);
  check(a, {2, 3, 5, 6});
  publish({9});
  turn();
  check(a, {2, 3, 5, 6, 9});
}

BOOST_FIXTURE_TEST_CASE(a_replay_needs_no_new_event, Publishing) {
  publish({1, 2});
  turn();
  Numbers a;
  bool complete = false;
  const Subscription subscription = bus.subscribe_after(0, complete, into(a));
  turn();
  check(a, {1, 2});
}

BOOST_FIXTURE_TEST_CASE(the_history_is_bounded_and_says_when_it_is_not_enough, Publishing) {
  publish({1, 2, 4, 8, 16});
  turn();  // 4, 8 and 16 are kept
  const auto after = [&](std::uint64_t sequence) {
    Numbers told;
    bool complete = false;
    const Subscription subscription = bus.subscribe_after(sequence, complete, into(told));
    turn();
    return std::pair(complete, told);
  };
  BOOST_TEST((after(0) == std::pair(false, Numbers{4, 8, 16})));
  BOOST_TEST((after(1) == std::pair(false, Numbers{4, 8, 16})));
  BOOST_TEST((after(2) == std::pair(true, Numbers{4, 8, 16})));
  BOOST_TEST((after(3) == std::pair(true, Numbers{4, 8, 16})));
  BOOST_TEST((after(4) == std::pair(true, Numbers{8, 16})));
  BOOST_TEST((after(16) == std::pair(true, Numbers{})));
}

BOOST_FIXTURE_TEST_CASE(a_number_of_another_process_hides_nothing, Publishing) {
  publish({1, 2});
  Numbers a;
  bool complete = true;
  const Subscription subscription = bus.subscribe_after(41, complete, into(a));
  BOOST_TEST(!complete);
  publish({3});
  turn();
  check(a, {3});
}

BOOST_FIXTURE_TEST_CASE(an_empty_bus_is_complete, Publishing) {
  Numbers a;
  bool complete = false;
  const Subscription subscription = bus.subscribe_after(0, complete, into(a));
  BOOST_TEST(complete);
  turn();
  check(a, {});
}

BOOST_FIXTURE_TEST_CASE(without_history_and_without_subscribers_nothing_is_kept,
                        ManualLoopFixture) {
  Bus bus(loop(), 0);
  for (std::uint64_t sequence = 1; sequence <= 100; ++sequence) {
    bus.publish(event(sequence));
    turn();
  }
  Numbers a;
  bool complete = true;
  const Subscription subscription = bus.subscribe_after(
      98, complete, [&a](const RotationEvent& told) noexcept { a.push_back(told.sequence); });
  BOOST_TEST(!complete);
  bus.publish(event(101));
  turn();
  check(a, {101});
}

BOOST_FIXTURE_TEST_CASE(at_random_each_is_told_exactly_once_of_what_it_asked_for, Publishing) {
  std::mt19937 random(3);
  struct Subscriber {
    Numbers told;
    Numbers expected;
    std::optional<Subscription> subscription;
  };
  std::vector<std::unique_ptr<Subscriber>> subscribers;
  std::uint64_t last = 0;
  for (int step = 0; step < 20'000; ++step) {
    switch (random() % 5) {
      case 0: {
        auto& added = *subscribers.emplace_back(std::make_unique<Subscriber>());
        added.subscription = bus.subscribe(into(added.told));
        break;
      }
      case 1: {
        auto& added = *subscribers.emplace_back(std::make_unique<Subscriber>());
        const std::uint64_t after = last - std::min<std::uint64_t>(last, random() % 4);
        bool complete = false;
        added.subscription = bus.subscribe_after(after, complete, into(added.told));
        BOOST_REQUIRE(complete);
        for (std::uint64_t sequence = after + 1; sequence <= last; ++sequence) {
          added.expected.push_back(sequence);
        }
        break;
      }
      case 2:
        if (!subscribers.empty()) {
          subscribers.erase(subscribers.begin() +
                            static_cast<std::ptrdiff_t>(random() % subscribers.size()));
        }
        break;
      case 3:
        publish({++last});
        for (const auto& subscriber : subscribers) {
          subscriber->expected.push_back(last);
        }
        break;
      default:
        turn();
        for (const auto& subscriber : subscribers) {
          BOOST_REQUIRE(subscriber->told == subscriber->expected);
          subscriber->told.clear();
          subscriber->expected.clear();
        }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
