#include "detect/kubernetes/rights_review.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;

class ReviewFixture : public ClusterFixture {
 public:
  Rights ask() {
    review.emplace(*connection, "app",
                   [this](const auto& result) noexcept { results.push_back(result); });
    review->start();
    settle();
    BOOST_REQUIRE(results.size() == 1);
    BOOST_REQUIRE(std::holds_alternative<Rights>(results[0]));
    return std::get<Rights>(results[0]);
  }

  std::vector<std::variant<Rights, kubernetes::Failure>> results;
  std::optional<RightsReview> review;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(rights_review_tests, ReviewFixture)

BOOST_AUTO_TEST_CASE(what_the_server_lists_is_what_the_account_may) {
  const Rights rights = ask();
  BOOST_TEST(rights.allow({"update", "", "secrets", "db"}));
  BOOST_TEST(!rights.allow({"update", "", "secrets", "other"}));
  BOOST_TEST(rights.allow({"create", "", "secrets", ""}));
  BOOST_TEST(rights.reading_verb("db") == "");
  BOOST_TEST(api.asked.size() == 1);
}

BOOST_AUTO_TEST_CASE(where_it_cannot_list_them_each_that_matters_is_asked) {
  api.hidden["app"].rules = {{{"get"}, {""}, {"secrets"}, {}},
                             {{"create"}, {""}, {"pods/exec"}, {}},
                             {{"patch"}, {"apps"}, {"deployments"}, {}}};
  const Rights rights = ask();
  BOOST_TEST(rights.allow({"update", "", "secrets", "db"}));
  BOOST_TEST(rights.allow({"get", "", "secrets", ""}));
  BOOST_TEST(rights.allow({"create", "", "pods/exec", ""}));
  BOOST_TEST(rights.allow({"patch", "apps", "deployments", ""}));
  BOOST_TEST(!rights.allow({"list", "", "secrets", ""}));
  BOOST_TEST(!rights.allow({"create", "", "pods", ""}));
  BOOST_TEST(api.count("POST", "accessreviews") == ways_around().size() + 8);
}

BOOST_AUTO_TEST_CASE(a_second_review_forgets_the_first) {
  api.hidden["app"].rules = {{{"get"}, {""}, {"secrets"}, {}}};
  ask();
  results.clear();
  api.hidden["app"].rules.clear();
  review->start();
  settle();
  BOOST_REQUIRE(results.size() == 1);
  BOOST_TEST(std::get<Rights>(results[0]).reading_verb("db") == "");
}

BOOST_AUTO_TEST_CASE(a_failure_is_told_once_at_whichever_question_it_comes) {
  for (const char* const where : {"rulesreviews", "accessreviews"}) {
    api.hidden["app"].rules = {{{"get"}, {""}, {"secrets"}, {}}};
    api.trouble = status_reply(503, "ServiceUnavailable", "not now");
    api.trouble_with = where;
    results.clear();
    review.emplace(*connection, "app",
                   [this](const auto& result) noexcept { results.push_back(result); });
    review->start();
    settle();
    BOOST_REQUIRE(results.size() == 1);
    BOOST_REQUIRE(std::holds_alternative<kubernetes::Failure>(results[0]));
    BOOST_TEST(std::get<kubernetes::Failure>(results[0]).status.code == 503);
  }
}

BOOST_AUTO_TEST_CASE(one_at_a_time) {
  ask();
  review->start();
  review->start();
  settle();
  BOOST_TEST(results.size() == 2);
  review->start();
  review->cancel();
  settle();
  BOOST_TEST(results.size() == 2);
}

BOOST_AUTO_TEST_CASE(it_may_end_when_it_tells) {
  api.hidden["app"].rules = {{{"get"}, {""}, {"secrets"}, {}}};
  review.emplace(*connection, "app", [this](const auto& result) noexcept {
    results.push_back(result);
    review.reset();
  });
  review->start();
  settle();
  BOOST_TEST(results.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
