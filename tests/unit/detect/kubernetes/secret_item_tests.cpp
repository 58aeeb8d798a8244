#include "detect/kubernetes/secret_item.hpp"

#include <boost/test/unit_test.hpp>

#include "account.hpp"
#include "core/inventory/inventory.hpp"
#include "detect/kubernetes/answers.hpp"
#include "support/manual_clock.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Details;
using model::Presence;
using model::RequiredSight;
using model::Sight;
using model::SightLevel;

struct Counter final : inventory::Listener {
  void on_event(const model::RotationEvent& /*event*/) noexcept override { ++events; }
  void on_standing(const model::Standing& /*standing*/) noexcept override { ++changes; }
  int events = 0;
  int changes = 0;
};

const Sight enforced{SightLevel::api_server, {}, ""};
const Sight wire{SightLevel::wire, model::SightReason::may_read, "list"};

// One item and what the inventory makes of it.
class Item final {
 public:
  explicit Item(RequiredSight required = RequiredSight::none)
      : item_(requirement_, "app", required, inventory_.track(requirement_, clock_.now())) {
    item_.set_sight(enforced, clock_.now());
  }

  SecretItem* operator->() { return &item_; }
  [[nodiscard]] const model::Standing& standing() const { return *inventory_.standings().front(); }
  [[nodiscard]] base::Instant now() const { return clock_.now(); }
  void pass(std::chrono::microseconds time) {
    clock_.advance(time);
    inventory_.advance(clock_.now());
  }
  void apply(inventory::Applies applies) {
    inventory_.set_applies(requirement_.id, applies, now());
  }

  void present(const std::string& version) {
    model::Observation observation;
    observation.presence = Presence::present;
    observation.version.token = version;
    item_.report(observation, now());
  }
  void missing() { item_.report(observe_absence(item_.locator()), now()); }
  void denied() {
    model::Observation observation;
    observation.presence = Presence::denied;
    observation.details = {model::PermissionMissing{"watch", "secrets", "app", "db"}};
    item_.report(observation, now());
  }

  Counter counter;

 private:
  static model::Requirement made() {
    model::Requirement requirement;
    requirement.id = "database";
    requirement.locator = model::KubernetesLocator{"", "db", {}, "Opaque"};
    requirement.when = model::Condition{"payments", "on"};
    return requirement;
  }

  support::ManualClock clock_;
  model::Requirement requirement_ = made();
  inventory::Inventory inventory_{counter};
  SecretItem item_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(secret_item_tests)

BOOST_AUTO_TEST_CASE(it_is_in_the_namespace_that_it_was_put_in) {
  Item item;
  BOOST_TEST((item->locator() == db()));
  BOOST_TEST(item->conditional());
}

BOOST_AUTO_TEST_CASE(what_was_seen_is_told_with_the_sight) {
  Item item;
  item.present("1");
  BOOST_TEST((item.standing().presence == Presence::present));
  BOOST_TEST((item.standing().sight == enforced));
  BOOST_TEST(item->there());
  item.missing();
  BOOST_TEST(item->missing());
  BOOST_TEST(!item->there());
}

BOOST_AUTO_TEST_CASE(sight_changes_by_itself) {
  Item item;
  item.present("1");
  item->set_sight(wire, item.now());
  BOOST_TEST((item.standing().sight == wire));
  BOOST_TEST((item.standing().presence == Presence::present));
  const int changes = item.counter.changes;
  item->set_sight(wire, item.now());
  BOOST_TEST(item.counter.changes == changes);
  BOOST_TEST(item.counter.events == 0);
}

BOOST_AUTO_TEST_CASE(a_sight_that_is_worse_than_asked_is_refused) {
  Item item(RequiredSight::enforced);
  item.present("1");
  BOOST_TEST(item->may_look());
  item->set_sight(wire, item.now());
  BOOST_TEST(!item->may_look());
  BOOST_TEST(item->refused());
  BOOST_TEST((item.standing().presence == Presence::unknown));
  BOOST_TEST(
      (item.standing().details == Details{model::SightRefused{wire, RequiredSight::enforced}}));
  item.present("2");
  BOOST_TEST((item.standing().presence == Presence::unknown));
}

// What was seen before is not what is there now.
BOOST_AUTO_TEST_CASE(a_sight_that_is_good_again_brings_back_nothing_old) {
  Item item(RequiredSight::enforced);
  item.present("1");
  item->set_sight(wire, item.now());
  item.pass(1h);
  item->set_sight(enforced, item.now());
  BOOST_TEST(item->may_look());
  BOOST_TEST((item.standing().presence == Presence::unknown));
  item.missing();
  BOOST_TEST((item.standing().presence == Presence::missing));
}

BOOST_AUTO_TEST_CASE(what_is_not_wanted_is_not_told_and_no_refusal) {
  Item item;
  item.apply(inventory::Applies::no);
  BOOST_TEST(!item->may_look());
  BOOST_TEST(!item->refused());
  item.present("1");
  item->set_sight(wire, item.now());
  BOOST_TEST((item.standing().presence == Presence::skipped));
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_and_what_was_seen_stays) {
  Item item;
  item.present("1");
  item->report_failure(
      answer_to_create_probe(db(), without_a_word(kubernetes::Fault::timed_out), "s").observation,
      item.now());
  BOOST_TEST((item.standing().presence == Presence::present));
  BOOST_TEST(item.standing().stale);
  BOOST_TEST(item->there());
}

BOOST_AUTO_TEST_CASE(what_was_denied_for_a_while_still_holds) {
  Item item;
  item.present("1");
  item.denied();
  BOOST_TEST((item.standing().presence == Presence::denied));
  item->repeat(item.now());
  BOOST_TEST((item.standing().presence == Presence::present));
  BOOST_TEST(item.counter.events == 0);
}

BOOST_AUTO_TEST_CASE(what_was_only_ever_denied_has_nothing_to_repeat) {
  Item item;
  item.denied();
  item->repeat(item.now());
  BOOST_TEST((item.standing().presence == Presence::denied));
  BOOST_TEST(!item->there());
  BOOST_TEST(!item->missing());
}

// It was listed, without a version, and changed before it had one.
BOOST_AUTO_TEST_CASE(a_change_of_what_has_no_version_yet_is_one_rotation) {
  Item item;
  item.present("");
  item->expect_change(item.now());
  item.present("2");
  BOOST_TEST(item.counter.events == 1);
  item.present("");
  item->expect_change(item.now());
  item.present("3");
  BOOST_TEST(item.counter.events == 2);
}

BOOST_AUTO_TEST_CASE(a_near_miss_is_shown_while_it_is_missing) {
  Item item;
  item.missing();
  item->note_near_miss("db-secret", {}, item.now());
  const Details named{model::SecretMissing{"app", "db", "db-secret", ""}};
  BOOST_TEST((item.standing().details == named));
  item.missing();
  BOOST_TEST((item.standing().details == named));
  item.present("1");
  BOOST_TEST(item.standing().details.empty());
  // The next time it is not what it was.
  item.missing();
  BOOST_TEST((item.standing().details == Details{model::SecretMissing{"app", "db", "", ""}}));
}

BOOST_AUTO_TEST_CASE(a_near_miss_of_what_is_there_is_not_shown) {
  Item item;
  item.present("1");
  item->note_near_miss("db-secret", {}, item.now());
  BOOST_TEST(item.standing().details.empty());
}

BOOST_AUTO_TEST_CASE(a_missed_key_is_shown_until_the_version_changes) {
  Item item;
  item.present("1");
  item->note_missed_key("password", item.now());
  BOOST_TEST((item.standing().presence == Presence::incomplete));
  BOOST_TEST((item.standing().details == Details{model::KeyMissedByPods{"password"}}));
  item.present("1");
  BOOST_TEST((item.standing().presence == Presence::incomplete));
  item.present("2");
  BOOST_TEST((item.standing().presence == Presence::present));
}

// It has no version: only time ends it.
BOOST_AUTO_TEST_CASE(a_missed_key_of_an_immutable_secret_stays_until_it_is_taken_back) {
  Item item;
  item.present("");
  item->note_missed_key("password", item.now());
  item.present("");
  BOOST_TEST((item.standing().presence == Presence::incomplete));
  item->note_missed_key("", item.now());
  BOOST_TEST((item.standing().presence == Presence::present));
}

BOOST_AUTO_TEST_CASE(a_missed_key_of_what_is_missing_is_not_shown) {
  Item item;
  item.missing();
  item->note_missed_key("password", item.now());
  BOOST_TEST((item.standing().presence == Presence::missing));
}

BOOST_AUTO_TEST_CASE(doubt_about_an_immutable_one_ends_with_the_answer) {
  Item item;
  item->check_immutable();
  BOOST_TEST(!item->in_doubt());
  item->set_immutable(true);
  item->check_immutable();
  BOOST_TEST(item->in_doubt());
  item->set_immutable(true);
  BOOST_TEST(!item->in_doubt());
}

BOOST_AUTO_TEST_SUITE_END()
