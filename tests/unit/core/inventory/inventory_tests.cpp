#include "core/inventory/inventory.hpp"

#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <csignal>
#include <string>
#include <vector>

#include "fixture.hpp"

using namespace std::chrono_literals;
using blindfold::inventory::Applies;
using blindfold::inventory::Fixture;
using blindfold::inventory::Inventory;
using blindfold::inventory::Listener;
using blindfold::inventory::Options;
using blindfold::inventory::Told;
using blindfold::inventory::Tracker;
using blindfold::model::Condition;
using blindfold::model::Details;
using blindfold::model::EventKind;
using blindfold::model::KeyMissing;
using blindfold::model::LookFailed;
using blindfold::model::Presence;
using blindfold::model::Provider;
using blindfold::model::Requirement;
using blindfold::model::RotationEvent;
using blindfold::model::SightLevel;
using blindfold::model::Standing;
using blindfold::model::StoreKind;

namespace {

std::vector<RotationEvent> events_in(const Told& told) {
  std::vector<RotationEvent> events;
  for (const auto& each : told) {
    if (const auto* const event = std::get_if<RotationEvent>(&each)) {
      events.push_back(*event);
    }
  }
  return events;
}

#ifndef NDEBUG
class Meddler final : public Listener {
 public:
  void on_event(const RotationEvent& /*event*/) noexcept override {}
  void on_standing(const Standing& /*standing*/) noexcept override {
    inventory->remove("database");
  }

  Inventory* inventory = nullptr;
};
#endif

const Details no_such_key{KeyMissing{.key = "password", .near_miss = "Password"}};
const Details stale_handle{LookFailed{.path = "/mnt/a", .error_number = ESTALE}};
const Details no_answer{LookFailed{.path = "/mnt/a", .error_number = EIO}};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(inventory_tests, Fixture)

BOOST_AUTO_TEST_CASE(law_1_unknown_until_the_first_look) {
  const Tracker tracker = inventory.track(database, now);
  BOOST_CHECK(standing().presence == Presence::unknown);
  BOOST_CHECK(standing().requirement == &database);
  BOOST_CHECK(standing().since == now.system);
  BOOST_TEST(!standing().answered_at.has_value());
  BOOST_TEST(!inventory.next_deadline().has_value());
  BOOST_TEST(recorder.told().empty());
}

BOOST_AUTO_TEST_CASE(law_1_each_answer_is_shown_at_once) {
  Tracker tracker = inventory.track(database, now);
  for (const Presence presence :
       {Presence::present, Presence::missing, Presence::empty, Presence::incomplete,
        Presence::pending_deletion, Presence::wrong_type, Presence::denied, Presence::unknown}) {
    pass(1s);
    tracker.observe(saw(presence, {}, no_such_key), now);
    BOOST_CHECK(standing().presence == presence);
    BOOST_CHECK(standing().since == now.system);
    BOOST_CHECK(standing().answered_at == now.system);
    BOOST_CHECK(standing().details == no_such_key);
    BOOST_CHECK(standing().sight.level == SightLevel::self);
    BOOST_TEST(!standing().stale);
  }
}

BOOST_AUTO_TEST_CASE(law_2_a_failed_look_keeps_the_last_answer) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::missing, {}, no_such_key), now);
  const auto answered = now.system;
  (void)recorder.take();
  pass(1s);
  tracker.observe(failed(stale_handle), now);

  BOOST_CHECK(standing().presence == Presence::missing);
  BOOST_CHECK(standing().details == no_such_key);
  BOOST_CHECK(standing().sight.level == SightLevel::self);
  BOOST_CHECK(standing().answered_at == answered);
  BOOST_CHECK(standing().since == answered);
  BOOST_TEST(standing().stale);
  BOOST_TEST(recorder.take().size() == 1U);

  tracker.observe(failed(), now);
  BOOST_TEST(recorder.told().empty());
  tracker.observe(saw(Presence::missing, {}, no_such_key), now);
  BOOST_TEST(!standing().stale);
  BOOST_TEST(recorder.take().size() == 1U);
  BOOST_TEST(!inventory.next_deadline().has_value());
}

BOOST_AUTO_TEST_CASE(law_2_without_an_answer_nothing_is_stale) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(failed(stale_handle), now);
  BOOST_CHECK(standing().presence == Presence::unknown);
  BOOST_TEST(standing().details.empty());
  BOOST_TEST(!standing().stale);
  BOOST_TEST(recorder.told().empty());
}

BOOST_AUTO_TEST_CASE(law_3_unreachable_a_minute_after_the_first_failure) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  pass(30s);
  const auto first_failure = now.steady;
  tracker.observe(failed(stale_handle), now);
  pass_and_advance(59'999ms);
  tracker.observe(failed(no_answer), now);
  BOOST_CHECK(standing().presence == Presence::present);
  BOOST_CHECK(inventory.next_deadline() == first_failure + 60s);

  pass_and_advance(1ms);
  BOOST_CHECK(standing().presence == Presence::unreachable);
  BOOST_CHECK(standing().since == now.system);
  BOOST_CHECK(standing().details == no_answer);
  BOOST_CHECK(standing().sight.level == SightLevel::self);
  BOOST_TEST(!standing().stale);
  BOOST_TEST(!inventory.next_deadline().has_value());

  pass(1s);
  (void)recorder.take();
  tracker.observe(failed(stale_handle), now);
  BOOST_CHECK(standing().details == stale_handle);
  BOOST_TEST(recorder.take().size() == 1U);
  tracker.observe(failed(stale_handle), now);
  BOOST_TEST(recorder.take().empty());
  BOOST_TEST(!inventory.next_deadline().has_value());

  tracker.observe(saw(Presence::present, "v1"), now);
  BOOST_CHECK(standing().presence == Presence::present);
  BOOST_TEST(standing().details.empty());
  BOOST_TEST(events_in(recorder.told()).empty());
}

BOOST_AUTO_TEST_CASE(law_3_an_answer_between_starts_the_minute_again) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(failed(), now);
  pass_and_advance(59s);
  tracker.observe(saw(Presence::denied), now);
  tracker.observe(failed(), now);
  pass_and_advance(59s);
  BOOST_CHECK(standing().presence == Presence::denied);
  pass_and_advance(1s);
  BOOST_CHECK(standing().presence == Presence::unreachable);
}

BOOST_AUTO_TEST_CASE(law_3_conclude_names_what_was_tried_in_vain) {
  Tracker never = inventory.track(database, now);
  Tracker vain = inventory.track(tls, now);
  Requirement smtp{};
  smtp.id = "smtp";
  Tracker answered = inventory.track(smtp, now);
  vain.observe(failed(stale_handle), now);
  answered.observe(failed(), now);
  answered.observe(saw(Presence::missing), now);
  pass(1s);
  inventory.conclude(now);
  BOOST_CHECK(standing(0).presence == Presence::unknown);
  BOOST_CHECK(standing(1).presence == Presence::unreachable);
  BOOST_CHECK(standing(1).details == stale_handle);
  BOOST_CHECK(standing(1).since == now.system);
  BOOST_CHECK(standing(2).presence == Presence::missing);
  BOOST_TEST(!inventory.next_deadline().has_value());
}

BOOST_AUTO_TEST_CASE(law_4_since_and_rotated_at) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::missing), now);
  pass(1s);
  tracker.observe(saw(Presence::present, "v1"), now);
  const auto appeared = now.system;
  BOOST_TEST(!standing().rotated_at.has_value());
  pass(1s);
  tracker.observe(saw(Presence::present, "v2", no_such_key), now);
  BOOST_CHECK(standing().since == appeared);
  BOOST_CHECK(standing().rotated_at == now.system);
  const auto rotated = now.system;
  pass(1s);
  tracker.observe(saw(Presence::present, "v2"), now);
  BOOST_CHECK(standing().since == appeared);
  BOOST_CHECK(standing().rotated_at == rotated);
}

BOOST_AUTO_TEST_CASE(events_say_what_happened_and_to_what) {
  Tracker tracker = inventory.track(tls, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  pass(1s);
  tracker.observe(saw(Presence::present, "v2"), now);
  const RotationEvent expected{.sequence = 1,
                               .kind = EventKind::rotated,
                               .id = "tls",
                               .provided_by = Provider::vendor,
                               .store = StoreKind::mount,
                               .at = now.system};
  BOOST_CHECK(events_in(recorder.told()) == std::vector{expected});
}

BOOST_AUTO_TEST_CASE(missing_is_shown_at_once_and_its_event_waits) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  tracker.observe(saw(Presence::missing), now);
  BOOST_CHECK(standing().presence == Presence::missing);
  BOOST_TEST(events_in(recorder.take()).empty());
  BOOST_CHECK(inventory.next_deadline() == now.steady + 10s);
  pass_and_advance(9'999ms);
  BOOST_TEST(recorder.told().empty());
  pass_and_advance(1ms);
  BOOST_TEST(recorder.told().size() == 1U);
  BOOST_CHECK(events_in(recorder.told()).at(0).kind == EventKind::disappeared);
  BOOST_CHECK(events_in(recorder.told()).at(0).at == now.system);
  BOOST_TEST(!inventory.next_deadline().has_value());
}

BOOST_AUTO_TEST_CASE(law_12_numbers_go_over_all_requirements_from_the_first) {
  Inventory numbered(recorder, Options{.first_sequence = 1'000});
  Tracker one = numbered.track(database, now);
  Tracker two = numbered.track(tls, now);
  one.observe(saw(Presence::present, "a"), now);
  two.observe(saw(Presence::missing), now);
  one.observe(saw(Presence::present, "b"), now);
  two.observe(saw(Presence::present, "a"), now);
  one.observe(saw(Presence::present, "c"), now);
  std::vector<std::uint64_t> numbers;
  for (const RotationEvent& event : events_in(recorder.told())) {
    numbers.push_back(event.sequence);
  }
  BOOST_CHECK((numbers == std::vector<std::uint64_t>{1'000, 1'001, 1'002}));
}

BOOST_AUTO_TEST_CASE(law_12_what_is_due_comes_in_the_order_of_deadlines) {
  Tracker one = inventory.track(database, now);
  Tracker two = inventory.track(tls, now);
  Requirement smtp{};
  smtp.id = "smtp";
  Tracker three = inventory.track(smtp, now);
  for (Tracker* const tracker : {&one, &two, &three}) {
    tracker->observe(saw(Presence::present, "v1"), now);
  }
  two.observe(saw(Presence::missing), now);
  pass(1s);
  three.observe(saw(Presence::missing), now);
  one.observe(saw(Presence::missing), now);
  pass_and_advance(60s);
  std::string ids;
  for (const RotationEvent& event : events_in(recorder.told())) {
    ids += event.id + " ";
  }
  BOOST_TEST(ids == "tls database smtp ");
}

BOOST_AUTO_TEST_CASE(law_12_a_look_first_draws_what_is_due) {
  Tracker one = inventory.track(database, now);
  Tracker two = inventory.track(tls, now);
  one.observe(saw(Presence::present, "v1"), now);
  one.observe(saw(Presence::missing), now);
  two.observe(saw(Presence::present, "v1"), now);
  pass(10s);
  two.observe(saw(Presence::present, "v2"), now);
  one.observe(saw(Presence::present, "v1"), now);
  const auto events = events_in(recorder.told());
  BOOST_REQUIRE(events.size() == 3U);
  BOOST_CHECK(events[0].kind == EventKind::disappeared);
  BOOST_CHECK(events[1].kind == EventKind::rotated);
  BOOST_CHECK(events[2].kind == EventKind::appeared);
}

BOOST_AUTO_TEST_CASE(law_13_system_time_may_jump) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  tracker.observe(saw(Presence::missing), now);
  (void)recorder.take();
  now.system += 24h;
  inventory.advance(now);
  BOOST_TEST(recorder.told().empty());
  now.system -= 48h;
  pass_and_advance(10s);
  BOOST_TEST(recorder.told().size() == 1U);
}

BOOST_AUTO_TEST_CASE(law_15_a_skipped_requirement_is_not_tracked) {
  database.skipped = true;
  Tracker tracker = inventory.track(database, now);
  BOOST_TEST(!tracker.alive());
  tracker.observe(saw(Presence::missing), now);
  inventory.conclude(now);
  BOOST_CHECK(standing().presence == Presence::skipped);
  BOOST_TEST(recorder.told().empty());
}

BOOST_AUTO_TEST_CASE(standings_come_in_the_order_of_track) {
  const Tracker one = inventory.track(tls, now);
  const Tracker two = inventory.track(database, now);
  BOOST_CHECK(standing(0).requirement == &tls);
  BOOST_CHECK(standing(1).requirement == &database);
  inventory.remove("tls");
  inventory.remove("nobody");
  BOOST_TEST(inventory.standings().size() == 1U);
  BOOST_CHECK(standing(0).requirement == &database);
}

BOOST_AUTO_TEST_CASE(law_16_the_event_comes_before_the_standing_which_is_up_to_date) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::missing), now);
  (void)recorder.take();
  tracker.observe(saw(Presence::present, "v1"), now);
  BOOST_REQUIRE(recorder.told().size() == 2U);
  BOOST_CHECK(std::holds_alternative<RotationEvent>(recorder.told()[0]));
  BOOST_REQUIRE(std::holds_alternative<Standing>(recorder.told()[1]));
  BOOST_CHECK(std::get<Standing>(recorder.told()[1]).presence == Presence::present);
}

BOOST_AUTO_TEST_CASE(law_16_the_same_answer_again_is_told_to_nobody) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  BOOST_TEST(recorder.take().size() == 1U);
  pass(1s);
  tracker.observe(saw(Presence::present, "v1"), now);
  BOOST_TEST(recorder.told().empty());
  BOOST_CHECK(standing().answered_at == now.system);
}

#ifndef NDEBUG
BOOST_AUTO_TEST_CASE(law_16_a_listener_that_calls_back_is_a_bug) {
  const pid_t child = ::fork();
  if (child == 0) {
    std::signal(SIGABRT, SIG_DFL);
    ::close(STDERR_FILENO);
    Meddler meddler;
    Inventory meddled_with(meddler);
    meddler.inventory = &meddled_with;
    Tracker tracker = meddled_with.track(database, now);
    tracker.observe(saw(Presence::missing), now);
    ::_exit(0);
  }
  int status = 0;
  BOOST_REQUIRE(::waitpid(child, &status, 0) == child);
  BOOST_TEST(WIFSIGNALED(status));
  BOOST_TEST(WTERMSIG(status) == SIGABRT);
}
#endif

BOOST_AUTO_TEST_CASE(law_16_a_change_of_sight_alone_is_told) {
  Tracker tracker = inventory.track(database, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  (void)recorder.take();
  auto worse = saw(Presence::present, "v1");
  worse.sight.level = SightLevel::none;
  tracker.observe(worse, now);
  BOOST_TEST(recorder.take().size() == 1U);
  BOOST_CHECK(standing().sight.level == SightLevel::none);
}

struct Conditional : Fixture {
  Conditional() { payments.id = "payments", payments.when = Condition{"payments", "on"}; }
  Requirement payments{};
};

BOOST_FIXTURE_TEST_CASE(law_17_it_is_optional_until_the_condition_is_known, Conditional) {
  Tracker tracker = inventory.track(payments, now);
  BOOST_TEST(!standing().required);
  BOOST_TEST(tracker.wanted());
  tracker.observe(saw(Presence::missing), now);
  BOOST_CHECK(standing().presence == Presence::missing);
  (void)recorder.take();
  inventory.set_applies("payments", Applies::yes, now);
  BOOST_TEST(standing().required);
  BOOST_CHECK(standing().presence == Presence::missing);
  BOOST_TEST(recorder.take().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(law_17_where_it_does_not_hold_looks_vanish, Conditional) {
  Tracker tracker = inventory.track(payments, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  tracker.observe(saw(Presence::missing), now);
  (void)recorder.take();
  inventory.set_applies("payments", Applies::no, now);
  BOOST_TEST(!tracker.wanted());
  BOOST_TEST(tracker.alive());
  BOOST_CHECK(standing().presence == Presence::skipped);
  BOOST_TEST(recorder.take().size() == 1U);
  BOOST_TEST(!inventory.next_deadline().has_value());
  tracker.observe(saw(Presence::present, "v2"), now);
  tracker.observe(failed(), now);
  pass_and_advance(5min);
  BOOST_TEST(recorder.told().empty());
  BOOST_CHECK(standing().presence == Presence::skipped);
}

BOOST_FIXTURE_TEST_CASE(law_17_where_it_holds_again_the_baseline_is_new, Conditional) {
  Tracker tracker = inventory.track(payments, now);
  tracker.observe(saw(Presence::present, "v1"), now);
  inventory.set_applies("payments", Applies::no, now);
  inventory.set_applies("payments", Applies::yes, now);
  BOOST_CHECK(standing().presence == Presence::unknown);
  BOOST_TEST(standing().required);
  (void)recorder.take();
  tracker.observe(saw(Presence::present, "v2"), now);
  for (const auto& told : recorder.take()) {
    BOOST_CHECK(std::holds_alternative<Standing>(told));
  }
  tracker.observe(saw(Presence::present, "v3"), now);
  BOOST_TEST(recorder.take().size() == 2U);
}

BOOST_AUTO_TEST_CASE(law_17_only_what_has_a_condition_obeys) {
  Tracker tracker = inventory.track(database, now);
  inventory.set_applies("database", Applies::no, now);
  inventory.set_applies("nobody", Applies::no, now);
  BOOST_TEST(tracker.wanted());
  BOOST_TEST(standing().required);
  BOOST_TEST(recorder.told().empty());
}

BOOST_AUTO_TEST_SUITE_END()
