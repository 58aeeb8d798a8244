#include "detect/kubernetes/watched_table.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::EventKind;
using model::Presence;
using model::SightLevel;

class TableFixture : public ClusterFixture {
 public:
  TableFixture() { api.rights["app"] = watching_account().rights(); }

  /// Seven, so that the namespace is watched as a whole.
  void sweep() {
    api.rights["app"] = Account().may({"list", "watch"}, "secrets").rights();
    for (const char* const name : {"db", "tls", "c", "d", "e", "f", "g"}) {
      require({"app", name, {}, "Opaque"});
    }
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(watched_table_tests, TableFixture)

BOOST_AUTO_TEST_CASE(each_presence_is_seen_in_a_row) {
  sweep();
  api.put("db", {.keys = 2});
  api.put("tls", {.type = "kubernetes.io/tls", .keys = 2});
  api.put("c", {.keys = 0});
  require({"app", "h", {"one", "two"}, "Opaque"});
  api.put("h", {.keys = 1});
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::wrong_type));
  BOOST_TEST((detail<model::SecretType>(1) == model::SecretType{"kubernetes.io/tls", "Opaque"}));
  BOOST_TEST((presence(2) == Presence::empty));
  BOOST_TEST((presence(3) == Presence::missing));
  BOOST_TEST((presence(7) == Presence::incomplete));
  BOOST_TEST((detail<model::KeysTooFew>(7) == model::KeysTooFew{1, 2}));
  BOOST_TEST((sight(0) == SightLevel::wire));
}

BOOST_AUTO_TEST_CASE(only_tables_are_asked_for) {
  api.put("db");
  require();
  start();
  pass(1s);
  BOOST_TEST(api.questions() >= 3);
  for (const auto& asked : api.asked) {
    if (asked.target.contains("secrets")) {
      BOOST_TEST(asked.method == "GET");
      BOOST_TEST(asked.target.contains("includeObject=None"));
      BOOST_TEST(asked.target.contains("fieldSelector=metadata.name%3Ddb"));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_appears_rotates_and_goes_is_told_at_once) {
  require();
  start();
  BOOST_TEST((presence() == Presence::missing));
  pass(5s);
  api.put("db");
  settle();
  BOOST_TEST((presence() == Presence::present));
  api.put("db");
  settle();
  api.remove("db");
  settle();
  BOOST_TEST((presence() == Presence::missing));
  pass(11s);
  BOOST_TEST((recorder.events ==
              std::vector{EventKind::appeared, EventKind::rotated, EventKind::disappeared}));
}

BOOST_AUTO_TEST_CASE(the_documented_way_to_rotate_is_one_rotation) {
  api.put("db");
  require();
  start();
  pass(5s);
  api.remove("db");
  api.put("db");
  settle();
  pass(20s);
  BOOST_TEST((recorder.events == std::vector{EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(watches_that_end_and_begin_again_are_no_rotation) {
  api.put("db");
  require();
  start();
  for (int each = 0; each < 5; ++each) {
    pass(11s, 1s);
    api.end_watches(each % 2 == 0);
    pass(35s, 1s);
  }
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(recorder.events.empty());
  api.end_watches(false);
  api.put("db");
  pass(35s, 1s);
  BOOST_TEST((recorder.events == std::vector{EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(a_few_are_watched_one_by_one_and_many_as_a_namespace) {
  require();
  require({"app", "tls", {}, "Opaque"});
  start();
  BOOST_TEST(api.open_watches() == 2);
  BOOST_TEST((notices[0].way == Way::watching));
}

BOOST_AUTO_TEST_CASE(many_are_watched_as_a_namespace) {
  sweep();
  start();
  BOOST_TEST(api.open_watches() == 1);
  BOOST_TEST((notices[0].way == Way::sweeping));
}

BOOST_AUTO_TEST_CASE(two_requirements_of_one_secret_are_both_told) {
  api.put("db", {.keys = 1});
  require();
  require(db({"one", "two"}));
  start();
  BOOST_TEST(api.open_watches() == 1);
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::incomplete));
}

BOOST_AUTO_TEST_CASE(a_name_that_looks_alike_is_named) {
  sweep();
  api.put("db-secret");
  start();
  BOOST_TEST(
      (detail<model::SecretMissing>(0) == model::SecretMissing{"app", "db", "db-secret", ""}));
  BOOST_TEST((detail<model::SecretMissing>(1) == model::SecretMissing{"app", "tls", "", ""}));
}

BOOST_AUTO_TEST_CASE(a_right_that_is_taken_away_is_denied_by_name_and_comes_back) {
  api.put("db");
  require();
  start();
  const Rights before = api.rights["app"];
  api.rights["app"] = Account().may({"list"}, "secrets", {"db"}).rights();
  api.end_watches(false);
  pass(3s);
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST((detail<model::PermissionMissing>() ==
              model::PermissionMissing{"watch", "secrets", "app", "db"}));
  BOOST_TEST((notices.back().way == Way::watching));
  api.rights["app"] = before;
  pass(40s, 1s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(recorder.events.empty());
  BOOST_TEST(api.count("PUT") == 0);
}

BOOST_AUTO_TEST_CASE(a_line_that_is_missing_is_denied_and_the_others_are_seen) {
  api.put("db");
  require();
  require({"app", "other", {}, "Opaque"});
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::denied));
  BOOST_TEST((detail<model::PermissionMissing>(1) ==
              model::PermissionMissing{"list", "secrets", "app", "other"}));
}

BOOST_AUTO_TEST_CASE(a_server_that_is_gone_is_unreachable_after_a_minute_and_comes_back) {
  api.put("db");
  require();
  start();
  api.mood = FakeApi::Mood::resets;
  api.end_watches(false);
  pass(30s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(standing().stale);
  pass(40s);
  BOOST_TEST((presence() == Presence::unreachable));
  api.mood = FakeApi::Mood::well;
  pass(31s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(recorder.events.empty());
}

// A server without that column does not say that the secret holds nothing.
BOOST_AUTO_TEST_CASE(a_row_without_its_cells_is_no_answer) {
  api.trouble = http::test::reply(
      R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},)"
      R"("columnDefinitions":[{"name":"Name","type":"string"},{"name":"Type","type":"string"}],)"
      R"("rows":[{"cells":["db","Opaque"],"object":null}]})",
      "Content-Type: application/json\r\n");
  api.trouble_with = "secrets";
  require();
  start();
  BOOST_TEST((presence() == Presence::unknown));
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST((detail<model::ApiFailed>()->trouble == model::ApiTrouble::not_the_form));
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_what_was_not_seen_has_failed) {
  api.trouble = "";
  api.trouble_with = "secrets";
  require();
  start();
  source->give_up();
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::unreachable));
}

BOOST_AUTO_TEST_CASE(what_is_not_wanted_is_not_watched_until_it_is) {
  api.put("db");
  const auto& requirement = require(db(), model::Condition{"payments", "on"});
  source.emplace(loop(), *connection, Kubernetes::Options{.required_sight = {}, .pace = pace},
                 [](const Notice&) noexcept {});
  source->watch(requirement, track(requirement));
  inventory.set_applies(requirement.id, inventory::Applies::no, clock.now());
  source->start();
  settle();
  BOOST_TEST(api.questions() == 0);
  for (int each = 0; each < 3; ++each) {
    inventory.set_applies(requirement.id, inventory::Applies::yes, clock.now());
    source->look_again();
    settle();
    BOOST_TEST((presence() == Presence::present));
    BOOST_TEST(api.open_watches() == 1);
    inventory.set_applies(requirement.id, inventory::Applies::no, clock.now());
    source->look_again();
    settle();
    BOOST_TEST(api.open_watches() == 0);
    BOOST_TEST((presence() == Presence::skipped));
  }
}

BOOST_AUTO_TEST_CASE(ten_thousand_others_are_none_of_our_business) {
  sweep();
  for (int each = 0; each < 10'000; ++each) {
    api.put("other-" + std::to_string(each));
  }
  api.put("db");
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::missing));
  api.put("tls");
  settle();
  BOOST_TEST((presence(1) == Presence::present));
}

BOOST_AUTO_TEST_CASE(it_may_end_at_any_moment) {
  sweep();
  api.put("db");
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
