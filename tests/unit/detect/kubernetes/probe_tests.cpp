#include "detect/kubernetes/probe.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::Presence;

class ProbeFixture : public ClusterFixture {
 public:
  Answer ask(ProbeKind kind) {
    results.clear();
    probe->start(kind, locator, 7);
    BOOST_TEST(probe->running());
    settle();
    BOOST_REQUIRE(results.size() == 1);
    BOOST_TEST(!probe->running());
    return results[0].answer;
  }

  const model::KubernetesLocator locator = db();
  std::vector<ProbeResult> results;
  std::optional<Probe> probe{std::in_place, *connection, [this](ProbeResult result) noexcept {
                               results.push_back(std::move(result));
                             }};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(probe_tests, ProbeFixture)

BOOST_AUTO_TEST_CASE(update_tells_the_version_and_create_does_not) {
  api.put("db");
  const Answer updated = ask(ProbeKind::update);
  BOOST_TEST((updated.observation.presence == Presence::present));
  BOOST_TEST(updated.observation.version.known());
  BOOST_TEST(results[0].tag == 7U);
  BOOST_TEST((results[0].kind == ProbeKind::update));
  const Answer created = ask(ProbeKind::create);
  BOOST_TEST((created.observation.presence == Presence::present));
  BOOST_TEST(!created.observation.version.known());
}

BOOST_AUTO_TEST_CASE(an_answer_has_nothing_of_the_one_before) {
  api.put("db");
  ask(ProbeKind::update);
  api.trouble = http::test::reply(
      R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{}})",
      "Content-Type: application/json\r\n");
  api.trouble_with = "secrets";
  BOOST_TEST((ask(ProbeKind::update).observation.presence == Presence::unreachable));
}

BOOST_AUTO_TEST_CASE(how_long_to_wait_is_passed_on) {
  api.trouble = status_reply(429, "TooManyRequests", "later", "{}", "Retry-After: 7\r\n");
  api.trouble_with = "secrets";
  ask(ProbeKind::update);
  BOOST_TEST((results[0].retry_after == 7s));
}

BOOST_AUTO_TEST_CASE(cancelled_it_says_nothing) {
  probe->start(ProbeKind::update, locator, 0);
  turn(2);
  probe->cancel();
  settle();
  BOOST_TEST(results.empty());
  BOOST_TEST(!probe->running());
}

BOOST_AUTO_TEST_CASE(it_may_be_started_again_or_end_when_it_tells) {
  int told = 0;
  probe.emplace(*connection, [this, &told](const ProbeResult& /*result*/) noexcept {
    if (++told < 3) {
      probe->start(ProbeKind::update, locator, 0);
    } else {
      probe.reset();
    }
  });
  probe->start(ProbeKind::update, locator, 0);
  settle();
  BOOST_TEST(told == 3);
}

BOOST_AUTO_TEST_SUITE_END()
