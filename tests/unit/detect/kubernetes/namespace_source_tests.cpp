#include "detect/kubernetes/namespace_source.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;
using model::RequiredSight;
using model::SightLevel;
using model::SightReason;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(namespace_source_tests, ClusterFixture)

BOOST_AUTO_TEST_CASE(how_a_namespace_is_seen_is_told_once) {
  api.put("db");
  require();
  start();
  pass(25min, 1s);
  BOOST_REQUIRE(notices.size() == 1);
  BOOST_TEST(notices[0].name_space == "app");
  BOOST_TEST((notices[0].way == Way::asking));
  BOOST_TEST((notices[0].policy == Policy::in_force));
  BOOST_TEST(!notices[0].hinted);
  BOOST_TEST((notices[0].surplus == std::vector<Right>{{"update", "", "secrets", "tls"}}));
}

BOOST_AUTO_TEST_CASE(rights_and_policy_are_looked_at_again_every_ten_minutes) {
  api.put("db");
  require();
  start();
  BOOST_TEST(api.count("POST", "rulesreviews") == 1);
  pass(9min + 50s, 1s);
  BOOST_TEST(api.count("POST", "rulesreviews") == 1);
  pass(20s, 1s);
  BOOST_TEST(api.count("POST", "rulesreviews") == 2);
  BOOST_TEST(api.count("POST", "app/secrets") == 4);
}

BOOST_AUTO_TEST_CASE(a_policy_that_is_removed_is_found_so) {
  api.put("db");
  require();
  start();
  api.policy = false;
  pass(11min, 1s);
  BOOST_TEST(
      (standing().sight == model::Sight{SightLevel::none, SightReason::no_ask_only_policy, ""}));
  BOOST_TEST((presence() == Presence::present));
  BOOST_REQUIRE(notices.size() == 2);
  BOOST_TEST((notices[1].policy == Policy::absent));
  // Somebody may be about to apply it: that is looked for at the steady pace.
  api.policy = true;
  pass(31s, 1s);
  BOOST_TEST((sight() == SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(without_the_policy_nothing_is_asked_where_sight_has_to_be_enforced) {
  api.policy = false;
  api.put("db");
  require();
  start(RequiredSight::enforced);
  pass(5min, 1s);
  BOOST_TEST(api.count("PUT") == 0);
  BOOST_TEST(api.count("GET") == 0);
  BOOST_TEST((presence() == Presence::unknown));
  BOOST_REQUIRE(detail<model::SightRefused>().has_value());
  BOOST_TEST((detail<model::SightRefused>()->have.reason == SightReason::no_ask_only_policy));
  BOOST_TEST((detail<model::SightRefused>()->asked == RequiredSight::enforced));
  // Somebody applies it.
  api.policy = true;
  pass(31s, 1s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
  // And takes it away.
  api.policy = false;
  pass(11min, 1s);
  BOOST_TEST((presence() == Presence::unknown));
  const std::size_t asked = api.count("PUT");
  pass(5min, 1s);
  BOOST_TEST(api.count("PUT") == asked);
}

BOOST_AUTO_TEST_CASE(an_account_that_may_read_does_not_watch_where_sight_has_to_be_enforced) {
  api.rights["app"] = watching_account().rights();
  api.put("db");
  require();
  start(RequiredSight::enforced);
  pass(5min, 1s);
  BOOST_TEST(api.questions() == 0);
  BOOST_TEST((presence() == Presence::unknown));
  BOOST_TEST((detail<model::SightRefused>()->have ==
              model::Sight{SightLevel::wire, SightReason::may_read, "list"}));
}

BOOST_AUTO_TEST_CASE(each_level_that_may_be_required_lets_what_is_as_good_be_seen) {
  api.rights["app"] = watching_account().rights();
  api.put("db");
  require();
  start(RequiredSight::wire);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::wire));
}

// Sight is each requirement's own.
BOOST_AUTO_TEST_CASE(only_what_may_be_read_is_refused) {
  api.rights["app"] = asking_account().may({"get"}, "secrets", {"tls"}).rights();
  api.put("db");
  api.put("tls");
  require();
  require({"app", "tls", {}, "Opaque"});
  start(RequiredSight::enforced);
  pass(1min, 1s);
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::unknown));
  BOOST_TEST(api.count("PUT", "/tls") == 0);
  // Nor does it become unreachable with the others: it is not looked at.
  api.mood = FakeApi::Mood::resets;
  pass(3min, 1s);
  BOOST_TEST((presence(0) == Presence::unreachable));
  BOOST_TEST((presence(1) == Presence::unknown));
  BOOST_TEST(detail<model::SightRefused>(1).has_value());
  api.mood = FakeApi::Mood::well;
  pass(40s, 1s);
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::unknown));
}

BOOST_AUTO_TEST_CASE(rights_that_are_taken_away_are_denied_and_come_back) {
  api.put("db");
  require();
  start();
  const Rights before = api.rights["app"];
  api.rights["app"] = Account().may({"create"}, "secrets").rights();
  pass(50s);
  // By create it is still seen, though not its rotation.
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(detail<model::RotationUnseen>().has_value());
  api.rights["app"] = Rights();
  pass(50s);
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST((detail<model::PermissionMissing>()->resource == "secrets"));
  api.rights["app"] = before;
  pass(3min, 1s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
  BOOST_TEST(recorder.events.empty());
}

BOOST_AUTO_TEST_CASE(rights_that_are_widened_make_sight_worse_and_are_named_and_the_way_stays) {
  api.put("db");
  require();
  start();
  api.rights["app"] = asking_account().may({"get", "list", "watch"}, "secrets").rights();
  pass(11min, 1s);
  BOOST_TEST((sight() == SightLevel::wire));
  BOOST_TEST((notices.back().way == Way::asking));
  BOOST_TEST(std::ranges::count(notices.back().surplus, Right{"get", "", "secrets", ""}) == 1);
  BOOST_TEST(api.count("GET") == 0);
  api.rights["app"] = asking_account().may({"create"}, "pods").rights();
  pass(11min, 1s);
  BOOST_TEST(
      (standing().sight == model::Sight{SightLevel::none, SightReason::may_reach, "create pods"}));
}

BOOST_AUTO_TEST_CASE(an_account_without_any_right_says_which_and_finds_out_when_it_has_it) {
  api.rights["app"] = Rights();
  api.put("db");
  require();
  start();
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST((detail<model::PermissionMissing>() ==
              model::PermissionMissing{"update", "secrets", "app", "db"}));
  BOOST_REQUIRE(notices.size() == 1);
  BOOST_TEST((notices[0].way == Way::none));
  BOOST_TEST(api.questions() == 0);
  api.rights["app"] = asking_account().rights();
  pass(6s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((notices.back().way == Way::asking));
}

// Else a namespace that is denied would be reviewed every few seconds for ever.
BOOST_AUTO_TEST_CASE(what_stays_denied_is_reviewed_less_and_less_often) {
  api.rights["app"] = Account().may({"update"}, "secrets", {"tls"}).rights();
  api.put("tls");
  require();
  require({"app", "tls", {}, "Opaque"});
  start();
  BOOST_TEST((presence(0) == Presence::denied));
  BOOST_TEST((presence(1) == Presence::present));
  pass(9min, 1s);
  BOOST_TEST(api.count("POST", "rulesreviews") <= 12);
  BOOST_TEST(api.count("POST", "rulesreviews") >= 5);
}

BOOST_AUTO_TEST_CASE(
    a_namespace_that_does_not_exist_is_said_to_be_missing_and_found_when_it_is_there) {
  api.name_spaces.clear();
  require();
  start(RequiredSight::enforced);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((detail<model::NamespaceMissing>() == model::NamespaceMissing{"app"}));
  BOOST_TEST(api.count("PUT") == 0);
  api.name_spaces.insert("app");
  api.put("db");
  pass(31s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(an_exhausted_quota_does_not_make_sight_worse) {
  api.put("db");
  require();
  start(RequiredSight::enforced);
  api.quota_full = true;
  pass(11min, 1s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_tried_with_backoff_and_all_are_told) {
  api.mood = FakeApi::Mood::resets;
  api.put("db");
  require();
  start();
  pass(3min, 1s);
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST(api.asked.size() <= 30);
  BOOST_TEST(api.asked.size() >= 6);
  BOOST_TEST(notices.empty());
  api.mood = FakeApi::Mood::well;
  pass(31s, 1s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(a_policy_check_that_fails_is_tried_with_backoff) {
  api.trouble = status_reply(503, "ServiceUnavailable", "not now");
  api.trouble_with = "app/secrets";
  require();
  start();
  pass(3min, 1s);
  BOOST_TEST(api.count("POST", "rulesreviews") <= 30);
  BOOST_TEST((presence() == Presence::unreachable));
  api.trouble.reset();
  pass(31s, 1s);
  BOOST_TEST((presence() == Presence::missing));
}

BOOST_AUTO_TEST_CASE(a_throttled_review_waits_as_long_as_it_is_told) {
  api.trouble = status_reply(429, "TooManyRequests", "later", "{}", "Retry-After: 60\r\n");
  api.trouble_with = "rulesreviews";
  require();
  start();
  pass(59s, 1s);
  BOOST_TEST(api.asked.size() == 1);
  api.trouble.reset();
  pass(2s, 1s);
  BOOST_TEST((presence() == Presence::missing));
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_before_the_rights_are_known_all_have_failed) {
  api.mood = FakeApi::Mood::silent;
  require();
  start();
  source->give_up();
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>()->trouble == model::ApiTrouble::timed_out));
}

BOOST_AUTO_TEST_CASE(what_was_denied_stays_so_when_the_time_is_up) {
  api.rights["app"] = Rights();
  require();
  start();
  source->give_up();
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::denied));
}

// An authorizer that cannot list its rules (GKE's) is asked a verb at a time.
BOOST_AUTO_TEST_CASE(rights_that_cannot_be_listed_are_found_all_the_same) {
  api.hidden["app"].rules = {{{"get"}, {""}, {"secrets"}, {}}};
  api.put("db");
  require();
  start();
  BOOST_TEST((sight() == SightLevel::wire));
  api.hidden["app"].rules = {{{"create"}, {""}, {"pods/exec"}, {}}};
  pass(11min, 1s);
  BOOST_TEST((sight() == SightLevel::none));
}

BOOST_AUTO_TEST_SUITE_END()
