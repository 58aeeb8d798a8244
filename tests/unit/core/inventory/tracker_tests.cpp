#include "core/inventory/tracker.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <type_traits>

#include "fixture.hpp"

using namespace std::chrono_literals;
using blindfold::inventory::Fixture;
using blindfold::inventory::Inventory;
using blindfold::inventory::Tracker;
using blindfold::model::Presence;

static_assert(!std::is_copy_constructible_v<Tracker> && !std::is_copy_assignable_v<Tracker>);

BOOST_FIXTURE_TEST_SUITE(tracker_tests, Fixture)

BOOST_AUTO_TEST_CASE(a_default_tracker_is_dead) {
  Tracker tracker;
  BOOST_TEST(!tracker.alive());
  tracker.observe(saw(Presence::missing), now);
}

BOOST_AUTO_TEST_CASE(moving_hands_it_on) {
  Tracker first = inventory.track(database, now);
  Tracker second = std::move(first);
  BOOST_TEST(!first.alive());
  first.observe(saw(Presence::missing), now);
  BOOST_CHECK(standing().presence == Presence::unknown);
  second.observe(saw(Presence::present, "v1"), now);
  BOOST_CHECK(standing().presence == Presence::present);

  inventory.remove("database");
  BOOST_TEST(!second.alive());
}

BOOST_AUTO_TEST_CASE(assigning_lets_go_of_its_own) {
  Tracker one = inventory.track(database, now);
  Tracker two = inventory.track(tls, now);
  one = std::move(two);
  one.observe(saw(Presence::present, "v1"), now);
  BOOST_CHECK(standing(0).presence == Presence::unknown);
  BOOST_CHECK(standing(1).presence == Presence::present);
  BOOST_TEST(!two.alive());
  inventory.remove("database");
  BOOST_TEST(one.alive());
  inventory.remove("tls");
  BOOST_TEST(!one.alive());
}

BOOST_AUTO_TEST_CASE(assigning_to_itself_changes_nothing) {
  Tracker tracker = inventory.track(database, now);
  Tracker& same = tracker;
  tracker = std::move(same);
  BOOST_TEST(tracker.alive());
  tracker.observe(saw(Presence::missing), now);
  BOOST_CHECK(standing().presence == Presence::missing);
}

BOOST_AUTO_TEST_CASE(law_14_removal_kills_it_and_late_answers_vanish) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  tracker.observe(saw(Presence::missing), now);
  inventory.remove("database");
  (void)recorder.take();

  BOOST_TEST(!tracker.alive());
  BOOST_TEST(!inventory.next_deadline().has_value());
  tracker.observe(saw(Presence::present, "v2"), now);
  pass_and_advance(100s);
  BOOST_TEST(recorder.told().empty());
  BOOST_TEST(inventory.standings().empty());

  const Tracker again = inventory.track(database, now);
  BOOST_TEST(again.alive());
  BOOST_TEST(!tracker.alive());
}

BOOST_AUTO_TEST_CASE(law_14_it_outlives_the_inventory_dead) {
  auto other = std::make_unique<Inventory>(recorder);
  Tracker tracker = other->track(database, now);
  other.reset();
  BOOST_TEST(!tracker.alive());
  tracker.observe(saw(Presence::missing), now);
  BOOST_TEST(recorder.told().empty());
}

BOOST_AUTO_TEST_CASE(law_14_without_it_the_standing_stays_and_what_is_due_comes) {
  std::optional<Tracker> tracker = inventory.track(database, now);
  tracker->observe(saw(Presence::present, "v1"), now);
  tracker->observe(saw(Presence::missing), now);
  (void)recorder.take();
  tracker.reset();
  BOOST_CHECK(standing().presence == Presence::missing);
  pass_and_advance(10s);
  BOOST_TEST(recorder.told().size() == 1U);
  inventory.remove("database");
}

BOOST_AUTO_TEST_CASE(skipped_is_not_a_sources_to_say) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  (void)recorder.take();
  tracker.observe(saw(Presence::skipped), now);
  BOOST_TEST(recorder.told().empty());
  BOOST_CHECK(standing().presence == Presence::present);
}

BOOST_AUTO_TEST_SUITE_END()
