#include "detect/kubernetes/asking.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::EventKind;
using model::Presence;
using model::SightLevel;
using model::SightReason;

class AskingFixture : public ClusterFixture {
 public:
  /// The longest that nothing was asked of secrets, from `begin` on.
  [[nodiscard]] std::chrono::nanoseconds longest_pause(std::size_t begin) const {
    std::chrono::nanoseconds longest{0};
    for (std::size_t each = begin + 1; each < api.asked.size(); ++each) {
      longest = std::max(longest, api.asked[each].at - api.asked[each - 1].at);
    }
    return longest;
  }

  void require_many(int count) {
    Account account = asking_account();
    std::vector<std::string> names;
    for (int each = 0; each < count; ++each) {
      names.push_back("secret-" + std::to_string(each));
      require({"app", names.back(), {}, "Opaque"});
      api.put(names.back());
    }
    api.rights["app"] = account.may({"update"}, "secrets", names).rights();
  }
  [[nodiscard]] bool all(Presence presence) const {
    return std::ranges::all_of(inventory.standings(),
                               [presence](const auto* each) { return each->presence == presence; });
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(asking_tests, AskingFixture)

BOOST_AUTO_TEST_CASE(a_secret_that_is_there_is_present_and_no_read_was_made) {
  api.put("db");
  require();
  start();
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
  BOOST_TEST(standing().details.empty());
  BOOST_TEST(api.count("GET") == 0);
  BOOST_TEST(api.count("PUT", "app/secrets/db?dryRun=All") == 1);
}

BOOST_AUTO_TEST_CASE(each_presence_is_seen) {
  api.put("other-type", {.type = "kubernetes.io/tls"});
  api.put("going", {.deleting = true});
  api.put("there");
  for (const char* const name : {"missing", "other-type", "going", "there"}) {
    require({"app", name, {}, "Opaque"});
  }
  require({"app", "not-ours", {}, "Opaque"});
  api.rights["app"] =
      Account().may({"update"}, "secrets", {"missing", "other-type", "going", "there"}).rights();
  start();
  BOOST_TEST((presence(0) == Presence::missing));
  BOOST_TEST((presence(1) == Presence::wrong_type));
  BOOST_TEST((presence(2) == Presence::pending_deletion));
  BOOST_TEST((presence(3) == Presence::present));
  BOOST_TEST((presence(4) == Presence::denied));
  BOOST_TEST((detail<model::PermissionMissing>(4) ==
              model::PermissionMissing{"update", "secrets", "app", "not-ours"}));
}

BOOST_AUTO_TEST_CASE(what_appears_rotates_and_goes_is_told) {
  require();
  start();
  BOOST_TEST((presence() == Presence::missing));
  api.put("db");
  pass(6s);
  BOOST_TEST((presence() == Presence::present));
  api.put("db");
  pass(37s);
  api.remove("db");
  pass(50s);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((recorder.events ==
              std::vector{EventKind::appeared, EventKind::rotated, EventKind::disappeared}));
}

BOOST_AUTO_TEST_CASE(what_does_not_change_is_no_rotation) {
  api.put("db");
  require();
  start();
  pass(5min, 1s);
  BOOST_TEST(api.count("PUT") >= 8);
  BOOST_TEST(api.count("PUT") <= 14);
  BOOST_TEST(recorder.events.empty());
}

BOOST_AUTO_TEST_CASE(an_immutable_secret_that_may_be_updated_is_none) {
  api.put("db", {.immutable = true});
  require();
  start();
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(
      (standing().sight == model::Sight{SightLevel::none, SightReason::immutable_guess, ""}));
  BOOST_TEST(detail<model::RotationUnseen>().has_value());
  const std::size_t created = api.count("POST", "app/secrets");
  pass(37s);
  BOOST_TEST(api.count("PUT") == 1);
  BOOST_TEST(api.count("POST", "app/secrets") > created);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(an_immutable_secret_that_may_not_be_updated_is_asked_for_by_create) {
  api.rights["app"] = Account().may({"create"}, "secrets").rights();
  api.put("db", {.immutable = true});
  require();
  start();
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
  BOOST_TEST(detail<model::RotationUnseen>().has_value());
  BOOST_TEST(api.count("PUT") == 0);
  api.remove("db");
  pass(37s);
  BOOST_TEST((presence() == Presence::missing));
}

// The create probe does not tell: each review it is asked for as any other.
BOOST_AUTO_TEST_CASE(an_immutable_secret_that_was_replaced_by_another_is_one_no_more) {
  api.put("db", {.immutable = true});
  require();
  start();
  BOOST_TEST((sight() == SightLevel::none));
  api.put("db");
  pass(11min, 1s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((sight() == SightLevel::api_server));
  BOOST_TEST(!detail<model::RotationUnseen>().has_value());
}

BOOST_AUTO_TEST_CASE(a_thousand_are_asked_about_eight_at_a_time) {
  require_many(1000);
  start();
  BOOST_TEST(all(Presence::present));
  BOOST_TEST(api.count("PUT") == 1000);
  pass(10s);
  // The first one's next is due after 24 s; the rate is 5/1s from then on.
  BOOST_TEST(api.count("PUT") == 1000);
  pass(60s);
  BOOST_TEST(api.count("PUT") <= 1000 + 5 * 60);
  BOOST_TEST(api.count("PUT") >= 1000 + 5 * 30);
}

// One at a time, with backoff: then it is true of all, and all are asked.
BOOST_AUTO_TEST_CASE(a_server_that_is_gone_is_asked_by_one_question_at_a_time) {
  require_many(20);
  start();
  BOOST_TEST(all(Presence::present));
  api.mood = FakeApi::Mood::resets;
  pass(40s);
  const std::size_t begin = api.questions();
  pass(2min);
  const std::size_t asked = api.questions() - begin;
  BOOST_TEST(asked <= 40);
  BOOST_TEST(asked >= 4);
  BOOST_TEST(all(Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>(19)->server == api.url()));
  api.mood = FakeApi::Mood::well;
  pass(31s);
  BOOST_TEST(all(Presence::present));
  BOOST_TEST(recorder.events.empty());
}

// At the pace it would take 40 s.
BOOST_AUTO_TEST_CASE(all_are_asked_once_a_server_is_back) {
  require_many(200);
  start();
  api.mood = FakeApi::Mood::resets;
  pass(2min, 500ms);
  BOOST_TEST(all(Presence::unreachable));
  api.mood = FakeApi::Mood::well;
  const std::size_t asked = api.count("PUT");
  while (api.count("PUT") == asked) {
    pass(100ms);
  }
  pass(1s);
  BOOST_TEST(all(Presence::present));
}

BOOST_AUTO_TEST_CASE(a_server_that_fails_once_costs_one_question) {
  require_many(20);
  start();
  api.trouble = status_reply(503, "ServiceUnavailable", "not now");
  api.trouble_with = "/secrets";
  while (api.questions() <= 22) {
    pass(100ms);
  }
  api.trouble.reset();
  // That others would have had no answer either is not known.
  BOOST_TEST(std::ranges::count_if(inventory.standings(),
                                   [](const auto* each) { return each->stale; }) == 1);
  const std::size_t begin = api.questions();
  pass(10s);
  BOOST_TEST(api.questions() - begin <= 50);
  pass(2min, 1s);
  BOOST_TEST(all(Presence::present));
  BOOST_TEST(std::ranges::count(recorder.presences, Presence::unreachable) == 0);
}

// It cannot be decrypted, say: nobody else is the worse for it.
BOOST_AUTO_TEST_CASE(one_secret_that_has_no_answer_leaves_the_others_theirs) {
  require_many(3);
  start();
  api.trouble = status_reply(500, "InternalError", "cannot decrypt");
  api.trouble_with = "/secret-1";
  pass(4min, 500ms);
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::unreachable));
  BOOST_TEST((presence(2) == Presence::present));
  BOOST_TEST(!standing(0).stale);
  BOOST_TEST((detail<model::ApiFailed>(1)->status == 500U));
  api.trouble.reset();
  pass(37s);
  BOOST_TEST((presence(1) == Presence::present));
}

BOOST_AUTO_TEST_CASE(a_server_that_says_for_how_long_is_left_alone_so_long) {
  require_many(20);
  start();
  api.trouble = status_reply(429, "TooManyRequests", "later", "{}", "Retry-After: 20\r\n");
  api.trouble_with = "/secrets";
  const std::size_t first = api.asked.size();
  while (api.asked.size() == first) {
    pass(100ms);
  }
  api.trouble.reset();
  const std::size_t begin = api.asked.size();
  pass(19s);
  BOOST_TEST(api.asked.size() == begin);
  pass(3s);
  BOOST_TEST(api.asked.size() > begin);
  pass(60s);
  BOOST_TEST(all(Presence::present));
}

BOOST_AUTO_TEST_CASE(other_answers_do_not_end_that) {
  require_many(20);
  api.trouble = status_reply(429, "TooManyRequests", "later", "{}", "Retry-After: 20\r\n");
  api.trouble_with = "/secret-3";
  start();
  api.trouble.reset();
  pass(19s);
  BOOST_TEST(api.count("PUT") <= 15);  // what was asked before it came, too
  pass(60s);
  BOOST_TEST(all(Presence::present));
}

BOOST_AUTO_TEST_CASE(a_server_that_says_nothing_is_asked_by_one_question_at_a_time) {
  require_many(20);
  start();
  api.mood = FakeApi::Mood::silent;
  pass(1min, 100ms);
  const std::size_t asked = api.count("PUT");
  pass(2min, 100ms);
  BOOST_TEST(api.count("PUT") - asked <= 12);
  BOOST_TEST(api.count("PUT") - asked >= 2);
}

BOOST_AUTO_TEST_CASE(a_server_that_says_nothing_is_given_ten_seconds) {
  require_many(3);
  start();
  api.mood = FakeApi::Mood::silent;
  pass(3min, 500ms);
  BOOST_TEST(all(Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>()->trouble == model::ApiTrouble::timed_out));
  api.mood = FakeApi::Mood::well;
  pass(45s, 500ms);
  BOOST_TEST(all(Presence::present));
}

BOOST_AUTO_TEST_CASE(html_is_no_answer_and_says_nothing_of_the_secret) {
  api.put("db");
  require();
  start();
  api.trouble =
      http::test::reply("<html>404</html>", "Content-Type: text/html\r\n", "404 Not Found");
  api.trouble_with = "/secrets";
  pass(3min, 500ms);
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>()->trouble == model::ApiTrouble::not_the_form));
  BOOST_TEST(recorder.events.empty());
}

// A proxy before it that answers with the whole object, whatever was asked for.
BOOST_AUTO_TEST_CASE(a_whole_object_is_dropped) {
  api.put("db");
  require();
  start();
  api.trouble = http::test::reply(
      R"({"kind":"Secret","apiVersion":"v1","metadata":{"name":"db","resourceVersion":"9"},)"
      R"("data":{"password":"aHVudGVyMg=="}})",
      "Content-Type: application/json\r\n");
  api.trouble_with = "/secrets";
  pass(3min, 500ms);
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>()->trouble == model::ApiTrouble::not_the_form));
}

BOOST_AUTO_TEST_CASE(a_policy_that_refuses_the_question_is_not_missing) {
  api.put("db");
  require();
  start();
  api.trouble = status_reply(422, "Invalid",
                             "secrets \\\"db\\\" is forbidden: ValidatingAdmissionPolicy 'labels' "
                             "with binding 'labels' denied request: labels are wanted");
  api.trouble_with = "/secrets/db";
  pass(37s);
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST((detail<model::AdmissionRefused>() ==
              model::AdmissionRefused{model::AdmissionRefused::By::policy, "labels"}));
}

BOOST_AUTO_TEST_CASE(what_is_not_wanted_is_not_asked_until_it_is) {
  api.put("db");
  const auto& requirement = require(db(), model::Condition{"payments", "on"});
  source.emplace(loop(), *connection, Kubernetes::Options{.required_sight = {}, .pace = pace},
                 [](const Notice&) noexcept {});
  source->watch(requirement, track(requirement));
  inventory.set_applies(requirement.id, inventory::Applies::no, clock.now());
  source->start();
  pass(2min, 1s);
  BOOST_TEST(api.count("PUT") == 0);
  BOOST_TEST((presence() == Presence::skipped));
  inventory.set_applies(requirement.id, inventory::Applies::yes, clock.now());
  source->look_again();
  settle();
  BOOST_TEST((presence() == Presence::present));
  inventory.set_applies(requirement.id, inventory::Applies::no, clock.now());
  const std::size_t asked = api.count("PUT");
  pass(2min, 1s);
  BOOST_TEST(api.count("PUT") == asked);
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_what_is_being_asked_has_failed) {
  require_many(20);
  api.trouble = "";
  api.trouble_with = "/secrets/secret-";
  start();
  source->give_up();
  inventory.conclude(clock.now());
  const auto standings = inventory.standings();
  BOOST_TEST(std::ranges::count(standings, Presence::unreachable, &model::Standing::presence) == 8);
  BOOST_TEST(std::ranges::count(standings, Presence::unknown, &model::Standing::presence) == 12);
}

BOOST_AUTO_TEST_CASE(it_may_end_at_any_moment) {
  require_many(12);
  for (int turns = 0; turns < 60; ++turns) {
    source.emplace(loop(), *connection, Kubernetes::Options{.required_sight = {}, .pace = pace},
                   [](const Notice&) noexcept {});
    inventory::Inventory each{recorder};
    for (const model::Requirement& requirement : requirements) {
      source->watch(requirement, each.track(requirement, clock.now()));
    }
    source->start();
    turn(turns);
    source.reset();
    turn(3);
  }
  settle();
}

BOOST_AUTO_TEST_SUITE_END()
