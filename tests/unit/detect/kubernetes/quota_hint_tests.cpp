#include "detect/kubernetes/quota_hint.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;

class HintFixture : public ClusterFixture {
 public:
  HintFixture() {
    api.rights["app"] =
        asking_account().may({"get", "list", "watch"}, "resourcequotas", {hint_quota}).rights();
  }
  static constexpr const char* hint_quota = "blindfold";
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(quota_hint_tests, HintFixture)

BOOST_AUTO_TEST_CASE(what_is_created_is_seen_at_once) {
  api.move_quota();
  require();
  start();
  pass(20s);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST(notices.at(0).hinted);
  // The count moves before the creation is complete.
  api.move_quota();
  settle();
  BOOST_TEST((presence() == Presence::missing));
  api.put("db");
  pass(20ms, 1ms);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(where_hints_come_nothing_is_asked_quickly) {
  api.move_quota();
  require();
  start();
  pass(70s);
  const std::size_t asked = api.count("PUT");
  pass(2min, 1s);
  BOOST_TEST(api.count("PUT") - asked <= 6);
}

// It may never come to be: it is watched just as well.
BOOST_AUTO_TEST_CASE(a_quota_that_does_not_exist_is_not_relied_on) {
  require();
  start();
  pass(5s);
  const std::size_t asked = api.count("PUT");
  pass(1min, 1s);
  BOOST_TEST(api.count("PUT") - asked >= 9);
}

BOOST_AUTO_TEST_CASE(a_quota_that_goes_is_not_relied_on_any_more) {
  api.move_quota();
  require();
  start();
  pass(40s);
  api.remove_quota();
  pass(40s);
  const std::size_t asked = api.count("PUT");
  pass(1min, 1s);
  BOOST_TEST(api.count("PUT") - asked >= 9);
}

// Its watch begins where it ended: it says nothing anew.
BOOST_AUTO_TEST_CASE(a_watch_that_broke_and_came_back_is_relied_on_again) {
  api.move_quota();
  require();
  start();
  pass(40s);
  api.end_watches(false);
  pass(40s);
  BOOST_TEST(api.open_watches() == 1);
  pass(10s);
  const std::size_t asked = api.count("PUT");
  pass(2min, 1s);
  BOOST_TEST(api.count("PUT") - asked <= 6);
}

BOOST_AUTO_TEST_CASE(it_asks_nothing_of_secrets) {
  api.move_quota();
  require();
  start();
  pass(1min, 1s);
  BOOST_TEST(api.count("GET", "/secrets") == 0);
  BOOST_TEST(api.count("GET", "resourcequotas") >= 1);
  BOOST_TEST(api.count("GET", "resourcequotas") ==
             api.count("GET", "fieldSelector=metadata.name%3Dblindfold"));
}

BOOST_AUTO_TEST_SUITE_END()
