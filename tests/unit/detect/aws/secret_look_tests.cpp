#include "detect/aws/secret_look.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using aws::Refusal;
using model::Presence;
using Next = LookStep::Next;

struct Fixture : Inventoried {
  support::ManualClock clock;
  AwsServer server{"eu-west-1", "secretsmanager"};
  SecretLook look{item(require(a_secret("db")), clock.now())};

  aws::SecretFacts facts(std::string version = "v1", bool pending_deletion = false) {
    return {"db", "arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-AbCdEf",
            std::move(version), pending_deletion};
  }
  Next described(const aws::SecretFacts& facts) {
    return look.on_described({}, facts, server, clock.now()).next;
  }
  Next not_described(const aws::Failure& failure) {
    return look.on_described(failure, {}, server, clock.now()).next;
  }
  Next versions(const std::string& current, const std::string& next = {}) {
    return look.on_versions({}, current, next, server, clock.now()).next;
  }
  Next no_versions(const aws::Failure& failure) {
    return look.on_versions(failure, {}, {}, server, clock.now()).next;
  }
  void be_present() {
    BOOST_REQUIRE((described(facts()) == Next::go_on));
    BOOST_REQUIRE((versions("v1") == Next::done));
    BOOST_REQUIRE((presence() == Presence::present));
  }
  bool listed(const SecretClaim& claim) { return look.on_listed(claim, clock.now()); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secret_look_tests, Fixture)

BOOST_AUTO_TEST_CASE(a_checkmark_needs_a_version_that_holds_a_value) {
  BOOST_TEST(look.question().name == "DescribeSecret");
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((presence() == Presence::unknown));
  BOOST_TEST(look.question().name == "ListSecretVersionIds");
  BOOST_TEST((versions("v1") == Next::done));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(look.question().name == "DescribeSecret");
}

BOOST_AUTO_TEST_CASE(versions_are_asked_for_again_when_another_one_is_current) {
  be_present();
  BOOST_TEST((described(facts()) == Next::done));
  BOOST_TEST((described(facts("v2")) == Next::go_on));
  BOOST_TEST(recorder.events.empty());
  BOOST_TEST((versions("v2") == Next::done));
  BOOST_TEST((recorder.events == std::vector{model::EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(without_a_value_it_is_empty) {
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((versions("") == Next::done));
  BOOST_TEST((presence() == Presence::empty));
  BOOST_TEST(detail<model::NoCurrentVersion>().has_value());
  // The same version may get one.
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((versions("v1") == Next::done));
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(without_a_current_version_it_is_empty_and_nothing_more_is_asked) {
  BOOST_TEST((described(facts("")) == Next::done));
  BOOST_TEST((presence() == Presence::empty));
}

BOOST_AUTO_TEST_CASE(pending_deletion_is_said_whatever_it_holds) {
  BOOST_TEST((described(facts("v1", true)) == Next::done));
  BOOST_TEST((presence() == Presence::pending_deletion));
  BOOST_TEST(detail<model::ScheduledForDeletion>().has_value());
}

BOOST_AUTO_TEST_CASE(
    where_versions_are_denied_it_is_present_with_a_note_and_asked_again_in_an_hour) {
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((no_versions(refused(Refusal::access_denied)) == Next::done));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(detail<model::ValueNotChecked>()->action == "secretsmanager:ListSecretVersionIds");
  clock.advance(59min);
  BOOST_TEST((described(facts()) == Next::done));
  BOOST_TEST(detail<model::ValueNotChecked>().has_value());
  clock.advance(2min);
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((versions("v1") == Next::done));
  BOOST_TEST(!detail<model::ValueNotChecked>().has_value());
  clock.advance(2h);
  BOOST_TEST((described(facts()) == Next::done));
}

BOOST_AUTO_TEST_CASE(pages_of_versions_are_followed_and_end) {
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((versions("", "p2") == Next::go_on));
  BOOST_TEST(look.question().body.contains("\"NextToken\":\"p2\""));
  BOOST_TEST((versions("v1", "p3") == Next::done));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((described(facts("v2")) == Next::go_on));
  BOOST_TEST(!look.question().body.contains("NextToken"));
  for (int page = 0; page < 9; ++page) {
    BOOST_TEST((versions("", "more") == Next::go_on));
  }
  const LookStep last = look.on_versions({}, "", "more", server, clock.now());
  BOOST_TEST((last.next == Next::failed));
  BOOST_TEST((std::get<model::TooManyPages>(last.answer.observation.details.at(0)).pages == 10));
  BOOST_TEST(look.question().name == "DescribeSecret");
}

BOOST_AUTO_TEST_CASE(a_reply_about_another_secret_is_no_answer) {
  aws::SecretFacts other = facts();
  other.name = "db-replica";
  BOOST_TEST((described(other) == Next::failed));
  BOOST_TEST((presence() == Presence::unknown));
}

BOOST_AUTO_TEST_CASE(denied_is_denied_and_missing_is_missing) {
  BOOST_TEST((not_described(refused(Refusal::access_denied)) == Next::done));
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST((not_described(refused(Refusal::not_found)) == Next::done));
  BOOST_TEST((presence() == Presence::missing));
}

BOOST_AUTO_TEST_CASE(one_that_is_gone_between_two_questions_is_missing) {
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((no_versions(refused(Refusal::not_found)) == Next::done));
  BOOST_TEST((presence() == Presence::missing));
}

// What was created anew may have no value though the version's id is the same.
BOOST_AUTO_TEST_CASE(one_that_was_away_is_checked_anew) {
  be_present();
  BOOST_TEST((not_described(refused(Refusal::not_found)) == Next::confirm));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((not_described(refused(Refusal::not_found)) == Next::done));
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((described(facts()) == Next::go_on));
}

BOOST_AUTO_TEST_CASE(after_trouble_the_same_question_is_asked_and_after_a_failure_all_of_them) {
  BOOST_TEST((described(facts()) == Next::go_on));
  BOOST_TEST((no_versions(refused(Refusal::throttled)) == Next::trouble));
  BOOST_TEST(look.question().name == "ListSecretVersionIds");
  BOOST_TEST((no_versions(faulty(aws::Fault::not_the_form)) == Next::failed));
  BOOST_TEST(look.question().name == "DescribeSecret");
}

BOOST_AUTO_TEST_CASE(a_listing_alone_shows_that_nothing_changed) {
  be_present();
  look.item().report_failure(observed(Presence::unreachable), clock.now());
  BOOST_TEST(standing().stale);
  BOOST_TEST(!listed({true, false, "v1"}));
  BOOST_TEST(!standing().stale);
}

BOOST_AUTO_TEST_CASE(whatever_else_a_listing_claims_is_to_be_looked_at) {
  BOOST_TEST(listed({}));
  be_present();
  for (const SecretClaim& claim :
       {SecretClaim{true, false, "v2"}, SecretClaim{true, true, "v1"}, SecretClaim{}}) {
    BOOST_TEST(listed(claim));
    BOOST_TEST((presence() == Presence::present));
  }
}

// The listing may be five minutes behind.
BOOST_AUTO_TEST_CASE(what_was_found_to_be_wrong_is_not_looked_at_for_five_minutes) {
  be_present();
  BOOST_TEST(listed({}));
  BOOST_TEST((described(facts()) == Next::done));
  clock.advance(4min);
  BOOST_TEST(!listed({}));
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(listed({true, false, "v2"}));
  BOOST_TEST((described(facts()) == Next::done));
  BOOST_TEST(listed({}));
  clock.advance(6min);
  BOOST_TEST((described(facts()) == Next::done));
  clock.advance(6min);
  BOOST_TEST(listed({}));
}

BOOST_AUTO_TEST_CASE(one_that_may_not_be_described_is_not_described_at_each_listing) {
  BOOST_TEST((not_described(refused(Refusal::access_denied)) == Next::done));
  BOOST_TEST(listed({true, false, "v1"}));
  BOOST_TEST((not_described(refused(Refusal::access_denied)) == Next::done));
  BOOST_TEST(!listed({true, false, "v1"}));
  BOOST_TEST((presence() == Presence::denied));
}

BOOST_AUTO_TEST_SUITE_END()
