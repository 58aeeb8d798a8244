#include "detect/kubernetes/missed_keys.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;

class MissedKeysFixture : public ClusterFixture {
 public:
  MissedKeysFixture() {
    api.rights["app"] = asking_account().may({"list", "watch"}, "events").rights();
    api.put("db");
  }
};

constexpr const char* misses_password = "Error: couldn't find key password in Secret app/db";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(missed_keys_tests, MissedKeysFixture)

BOOST_AUTO_TEST_CASE(kubelets_message_is_read) {
  const MissedKey expected{"password", "app", "db"};
  BOOST_TEST((read_missed_key("couldn't find key password in Secret app/db") == expected));
  BOOST_TEST((read_missed_key("Error: couldn't find key password in Secret app/db") == expected));
  BOOST_TEST(
      (read_missed_key("couldn't find key password in Secret app/db, and more") == expected));
  BOOST_TEST((read_missed_key("couldn't find key tls.crt in Secret my-app/web.tls") ==
              MissedKey{"tls.crt", "my-app", "web.tls"}));
}

// Whoever may write events says what stands in them.
BOOST_AUTO_TEST_CASE(anything_else_is_not_read) {
  const std::vector<std::string> others{
      "",
      "secret \"db\" not found",
      "couldn't find key ",
      "couldn't find key password in ConfigMap app/db",
      "couldn't find key password in Secret",
      "couldn't find key password in Secret db",
      "couldn't find key password in Secret /db",
      "couldn't find key password in Secret app/",
      "couldn't find key  in Secret app/db",
      "couldn't find key two words in Secret app/db",
      "couldn't find key p\x1b[31m in Secret app/db",
      "couldn't find key password in Secret app/d\xc3\xa4",
      "couldn't find key password in Secret app/db/more",
      "couldn't find key " + std::string(254, 'k') + " in Secret app/db",
      "couldn't find key password in Secret app/" + std::string(254, 'd'),
  };
  for (const std::string& message : others) {
    BOOST_TEST(!read_missed_key(message).has_value(), message);
  }
}

BOOST_AUTO_TEST_CASE(lately_is_a_minute_ago_at_most) {
  for (const char* const age : {"0s", "1s", "9s", "10s", "59s", "60s"}) {
    BOOST_TEST(seen_lately(age), age);
  }
  for (const char* const age : {"", "s", "61s", "99s", "119s", "1m", "2m", "2m10s", "1h", "3d",
                                "<unknown>", "<invalid>", "-1s", "1.s", "5", "ss"}) {
    BOOST_TEST(!seen_lately(age), age);
  }
}

BOOST_AUTO_TEST_CASE(a_key_that_pods_miss_makes_it_incomplete_until_it_changes) {
  require(db({"password"}));
  start();
  BOOST_TEST((presence() == Presence::present));
  api.tell_event(misses_password);
  settle();
  BOOST_TEST((presence() == Presence::incomplete));
  BOOST_TEST((detail<model::KeyMissedByPods>() == model::KeyMissedByPods{"password"}));
  pass(37s);
  BOOST_TEST((presence() == Presence::incomplete));
  api.put("db", {.keys = 2});
  pass(37s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(it_is_over_when_it_is_not_said_again_for_five_minutes) {
  require(db({"password"}));
  start();
  api.tell_event(misses_password);
  pass(4min, 1s);
  api.tell_event(misses_password);
  pass(4min, 1s);
  BOOST_TEST((presence() == Presence::incomplete));
  pass(2min + 1s, 1s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(what_was_said_before_the_start_is_read_where_it_was_lately) {
  api.tell_event(misses_password, "5m");
  require(db({"password"}));
  start();
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(what_is_said_of_something_else_changes_nothing) {
  require(db({"password"}));
  start();
  api.tell_event("Error: couldn't find key username in Secret app/db");
  api.tell_event("Error: couldn't find key password in Secret app/other");
  api.tell_event("Error: couldn't find key password in Secret elsewhere/db");
  settle();
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(without_the_right_nothing_is_asked) {
  api.rights["app"] = asking_account().rights();
  require(db({"password"}));
  start();
  pass(2min, 1s);
  BOOST_TEST(api.count("GET", "events") == 0);
}

BOOST_AUTO_TEST_SUITE_END()
