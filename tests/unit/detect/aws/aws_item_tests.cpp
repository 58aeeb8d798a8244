#include "detect/aws/aws_item.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"
#include "detect/aws/aws_answer.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;
using model::RequiredSight;
using model::SightLevel;

struct Fixture : Inventoried {
  support::ManualClock clock;

  AwsItem one(RequiredSight sight = RequiredSight::none) {
    return item(require(a_secret("db")), clock.now(), sight);
  }
  bool report(AwsItem& to, model::Observation observation) {
    return to.report(std::move(observation), clock.now());
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(aws_item_tests, Fixture)

BOOST_AUTO_TEST_CASE(what_is_seen_is_told_with_the_sight) {
  AwsItem item = one();
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((standing().sight.level == SightLevel::wire));
  BOOST_TEST((standing().sight.reason == model::SightReason::not_tried));
  BOOST_TEST(item.there());
  BOOST_TEST(!item.pending());
}

BOOST_AUTO_TEST_CASE(a_red_answer_after_a_green_one_is_told_at_the_second_time) {
  for (const Presence red :
       {Presence::missing, Presence::empty, Presence::pending_deletion, Presence::wrong_type}) {
    Fixture own;
    AwsItem item = own.one();
    BOOST_TEST(own.report(item, observed(Presence::present, "v1")));
    BOOST_TEST(!own.report(item, observed(red)));
    BOOST_TEST((own.presence() == Presence::present));
    BOOST_TEST(own.report(item, observed(red)));
    BOOST_TEST((own.presence() == red));
  }
}

BOOST_AUTO_TEST_CASE(a_red_answer_that_was_wrong_is_never_told) {
  AwsItem item = one();
  for (int each = 0; each < 3; ++each) {
    BOOST_TEST(report(item, observed(Presence::present, "v1")));
    BOOST_TEST(!report(item, observed(Presence::missing)));
  }
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  BOOST_TEST(recorder.presences.size() == 1);
  BOOST_TEST(recorder.events.empty());
}

BOOST_AUTO_TEST_CASE(with_nothing_green_before_it_a_red_answer_is_told_at_once) {
  AwsItem item = one();
  BOOST_TEST(report(item, observed(Presence::missing)));
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST(report(item, observed(Presence::empty)));
  BOOST_TEST((presence() == Presence::empty));
}

// A refusal in between says nothing of the secret.
BOOST_AUTO_TEST_CASE(a_grey_answer_does_not_confirm_a_red_one) {
  AwsItem item = one();
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  BOOST_TEST(!report(item, observed(Presence::missing)));
  BOOST_TEST(report(item, observed(Presence::denied)));
  BOOST_TEST(!report(item, observed(Presence::missing)));
  BOOST_TEST(report(item, observed(Presence::missing)));
}

BOOST_AUTO_TEST_CASE(where_the_sight_is_refused_nothing_is_looked_at_and_that_is_said) {
  AwsItem item = one(RequiredSight::enforced);
  item.begin(clock.now());
  BOOST_TEST(!item.may_look());
  BOOST_TEST((presence() == Presence::unknown));
  const auto refused = detail<model::SightRefused>();
  BOOST_REQUIRE(refused.has_value());
  BOOST_TEST((refused->asked == RequiredSight::enforced));
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  item.report_failure(observed(Presence::unreachable), clock.now());
  item.repeat(clock.now());
  BOOST_TEST((presence() == Presence::unknown));
}

BOOST_AUTO_TEST_CASE(once_it_is_good_enough_it_is_looked_at) {
  AwsItem item = one(RequiredSight::enforced);
  item.begin(clock.now());
  item.set_sight({SightLevel::iam, {}, {}}, clock.now());
  BOOST_TEST(item.may_look());
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((standing().sight.level == SightLevel::iam));
}

BOOST_AUTO_TEST_CASE(what_was_seen_is_forgotten_when_the_sight_gets_worse) {
  AwsItem item = one(RequiredSight::wire);
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  item.set_sight({SightLevel::none, model::SightReason::may_call, "x"}, clock.now());
  BOOST_TEST((presence() == Presence::unknown));
  item.set_sight({SightLevel::wire, {}, {}}, clock.now());
  item.repeat(clock.now());
  BOOST_TEST((presence() == Presence::unknown));
  BOOST_TEST(report(item, observed(Presence::missing)));
}

BOOST_AUTO_TEST_CASE(another_sight_is_shown_at_once) {
  AwsItem item = one();
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  item.set_sight({SightLevel::iam, {}, {}}, clock.now());
  BOOST_TEST((standing().sight.level == SightLevel::iam));
}

// What was last seen is no answer of now.
BOOST_AUTO_TEST_CASE(while_looks_fail_neither_a_sight_nor_a_note_is_an_answer) {
  AwsItem item = one();
  BOOST_TEST(report(item, observe_missing(item.place())));
  item.report_failure(observed(Presence::unreachable), clock.now());
  item.set_sight({SightLevel::iam, {}, {}}, clock.now());
  item.note_near_region("us-east-1", clock.now());
  BOOST_TEST(standing().stale);
  item.repeat(clock.now());
  BOOST_TEST(!standing().stale);
  BOOST_TEST(detail<model::AwsMissing>()->near_region == "us-east-1");
}

BOOST_AUTO_TEST_CASE(notes_are_shown_for_as_long_as_it_is_missing) {
  AwsItem item = one();
  item.note_near_miss("DB", clock.now());
  BOOST_TEST(recorder.presences.empty());
  BOOST_TEST(report(item, observe_missing(item.place())));
  BOOST_TEST(detail<model::AwsMissing>()->near_miss.empty());
  item.note_near_miss("DB", clock.now());
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "DB");
  BOOST_TEST(report(item, observe_missing(item.place())));
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "DB");
  BOOST_TEST(report(item, observed(Presence::present, "v1")));
  BOOST_TEST(!report(item, observe_missing(item.place())));
  BOOST_TEST(report(item, observe_missing(item.place())));
  BOOST_TEST(detail<model::AwsMissing>()->near_miss.empty());
}

BOOST_AUTO_TEST_CASE(somebody_waits_for_what_is_required_and_not_there) {
  AwsItem needed = one();
  AwsItem optional = item(require(a_secret("opt"), false), clock.now());
  BOOST_TEST(needed.pending());
  BOOST_TEST(!optional.pending());
  BOOST_TEST(report(needed, observed(Presence::denied)));
  BOOST_TEST(needed.pending());
}

BOOST_AUTO_TEST_CASE(what_does_not_apply_is_not_looked_at) {
  AwsItem item =
      this->item(require(a_secret("db"), true, model::Condition{"mode", "x"}), clock.now());
  BOOST_TEST(item.may_look());
  inventory.set_applies("r1", inventory::Applies::no, clock.now());
  BOOST_TEST(!item.may_look());
}

BOOST_AUTO_TEST_SUITE_END()
