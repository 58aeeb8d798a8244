#include "detect/kubernetes/kubernetes.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kubernetes_tests, ClusterFixture)

BOOST_AUTO_TEST_CASE(a_requirement_without_a_namespace_is_in_the_accounts_own) {
  api.put("db");
  require({"", "db", {}, "Opaque"});
  start();
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(api.count("PUT", "app/secrets/db") == 1);
}

BOOST_AUTO_TEST_CASE(each_namespace_is_seen_in_its_own_way) {
  api.name_spaces.insert("other");
  api.rights["other"] = watching_account().rights();
  api.put("db");
  api.put("db", {}, "other");
  require();
  require({"other", "db", {}, "Opaque"});
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::present));
  BOOST_TEST((sight(0) == model::SightLevel::api_server));
  BOOST_TEST((sight(1) == model::SightLevel::wire));
  BOOST_TEST(notices.size() == 2);
}

// Both have more to ask than the rate allows: neither is forgotten.
BOOST_AUTO_TEST_CASE(namespaces_share_the_rate) {
  api.name_spaces.insert("other");
  for (const char* const name_space : {"app", "other"}) {
    api.rights[name_space] = Account().may({"update", "create"}, "secrets").rights();
    for (int each = 0; each < 200; ++each) {
      const std::string name = "secret-" + std::to_string(each);
      require({name_space, name, {}, "Opaque"});
      api.put(name, {}, name_space);
    }
  }
  start();
  pass(40s, 200ms);
  const std::size_t app = api.count("PUT", "app/");
  const std::size_t other = api.count("PUT", "other/");
  pass(60s, 200ms);
  BOOST_TEST(api.count("PUT", "app/") - app >= 100);
  BOOST_TEST(api.count("PUT", "other/") - other >= 100);
  BOOST_TEST(api.count("PUT") - app - other <= 301);
}

BOOST_AUTO_TEST_CASE(it_may_end_when_it_tells) {
  api.put("db");
  require();
  source.emplace(loop(), *connection, Kubernetes::Options{.required_sight = {}, .pace = pace},
                 [this](const Notice& notice) noexcept {
                   source.reset();
                   notices.push_back(notice);
                 });
  source->watch(requirements.front(), track(requirements.front()));
  source->start();
  settle();
  BOOST_TEST(notices.size() == 1);
  BOOST_TEST(!source.has_value());
  pass(1min, 1s);
}

BOOST_AUTO_TEST_CASE(without_a_requirement_nothing_is_asked) {
  start();
  source->look_again();
  source->give_up();
  pass(1min, 1s);
  BOOST_TEST(api.asked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
