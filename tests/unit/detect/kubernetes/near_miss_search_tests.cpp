#include "detect/kubernetes/near_miss_search.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;
using model::RequiredSight;

class NearMissFixture : public ClusterFixture {
 public:
  NearMissFixture() {
    api.name_spaces.insert("other");
    api.rights["other"] = asking_account().rights();
  }
  [[nodiscard]] std::string near_miss() const {
    return detail<model::SecretMissing>().value().near_miss;
  }
  [[nodiscard]] std::string near_namespace() const {
    return detail<model::SecretMissing>().value().near_namespace;
  }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(near_miss_search_tests, NearMissFixture)

BOOST_AUTO_TEST_CASE(a_name_that_looks_alike_is_found) {
  api.put("db-secret");
  require();
  start();
  pass(5s);
  BOOST_TEST(near_miss() == "db-secret");
  BOOST_TEST(near_namespace() == "");
}

BOOST_AUTO_TEST_CASE(the_same_name_in_another_of_the_manifests_namespaces_is_found) {
  api.put("db", {}, "other");
  require();
  require({"other", "tls", {}, "Opaque"});
  start();
  pass(10s);
  BOOST_TEST(near_miss() == "");
  BOOST_TEST(near_namespace() == "other");
}

BOOST_AUTO_TEST_CASE(it_is_looked_for_once_and_within_the_rate) {
  require();
  start();
  const std::size_t begin = api.count("POST", "app/secrets");
  pass(1s);
  BOOST_TEST(api.count("POST", "app/secrets") - begin <= 6);
  pass(20s);
  const std::size_t asked = api.count("POST", "app/secrets");
  BOOST_TEST(asked - begin >= 2);
  pass(5min, 1s);
  BOOST_TEST(api.count("POST", "app/secrets") == asked);
}

BOOST_AUTO_TEST_CASE(what_has_come_meanwhile_is_not_looked_for) {
  require();
  start();
  api.put("db");
  pass(7s);
  BOOST_TEST((presence() == Presence::present));
  const std::size_t asked = api.count("POST", "app/secrets");
  pass(1min, 1s);
  BOOST_TEST(api.count("POST", "app/secrets") == asked);
}

// kube-system is never asked, whatever the manifest says.
BOOST_AUTO_TEST_CASE(kube_system_is_never_asked) {
  api.name_spaces.insert("kube-system");
  api.rights["kube-system"] = asking_account().rights();
  require();
  require({"kube-system", "db", {}, "Opaque"});
  start();
  pass(30s);
  source->look_again();
  pass(30s);
  source->give_up();
  BOOST_TEST(api.count("POST", "kube-system") == 0);
  BOOST_TEST(api.count("PUT", "kube-system") == 0);
  BOOST_TEST(api.count("GET", "kube-system") == 0);
  BOOST_TEST(api.count("POST", "rulesreviews") == 1);
  BOOST_TEST((presence(0) == Presence::missing));
  BOOST_TEST((presence(1) == Presence::denied));
  BOOST_TEST((detail<model::NamespaceRefused>(1) == model::NamespaceRefused{"kube-system"}));
}

BOOST_AUTO_TEST_CASE(kube_system_is_said_to_be_refused_whatever_sight_is_asked_for) {
  require({"kube-system", "db", {}, "Opaque"});
  start(RequiredSight::enforced);
  BOOST_TEST((presence() == Presence::denied));
  BOOST_TEST(api.asked.empty());
}

// There, it is a namespace in which it may not look.
BOOST_AUTO_TEST_CASE(a_namespace_whose_sight_is_refused_is_not_asked) {
  api.rights["other"] = asking_account().may({"create"}, "pods").rights();
  require();
  require({"other", "tls", {}, "Opaque"});
  start(RequiredSight::enforced);
  const std::size_t begin = api.count("POST", "other/secrets");
  pass(20s);
  BOOST_TEST((presence(0) == Presence::missing));
  BOOST_TEST((presence(1) == Presence::unknown));
  BOOST_TEST(api.count("POST", "other/secrets") == begin);
}

BOOST_AUTO_TEST_CASE(without_the_right_to_create_it_is_not_looked_for) {
  api.rights["app"] = Account().may({"update"}, "secrets", {"db"}).rights();
  require();
  start();
  pass(20s);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST(api.count("POST", "app/secrets") == 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_has_no_answer_is_left_alone_meanwhile) {
  require();
  start();
  api.mood = FakeApi::Mood::resets;
  const std::size_t begin = api.count("POST", "app/secrets");
  pass(29s, 500ms);
  // A request on a connection that was reset is sent once more.
  BOOST_TEST(api.count("POST", "app/secrets") - begin <= 2);
  api.mood = FakeApi::Mood::well;
  api.put("dbs");
  pass(40s, 500ms);
  BOOST_TEST(near_miss() == "dbs");
}

BOOST_AUTO_TEST_CASE(a_manifest_that_is_not_deployed_yet_is_not_a_hundred_misspellings) {
  std::vector<std::string> names;
  for (int each = 0; each < 100; ++each) {
    names.push_back("secret-" + std::to_string(each));
    require({"app", names.back(), {}, "Opaque"});
  }
  api.rights["app"] =
      Account().may({"update"}, "secrets", names).may({"create"}, "secrets").rights();
  start();
  pass(2min, 1s);
  BOOST_TEST(api.count("POST", "app/secrets") <= 20 * 8 + 2);
}

BOOST_AUTO_TEST_SUITE_END()
