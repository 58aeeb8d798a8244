#include "detect/kubernetes/policy_check.hpp"

#include <boost/test/unit_test.hpp>

#include "cluster_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;

class PolicyFixture : public ClusterFixture {
 public:
  Policy check_now() {
    check.start();
    settle();
    BOOST_REQUIRE(found.size() == 1);
    return found.front().first;
  }
  /// The guess alone is answered so.
  void answer(std::string reply) {
    api.trouble = std::move(reply);
    api.trouble_with = "secrets";
  }

  std::vector<std::pair<Policy, bool>> found;  ///< and whether there was a failure
  PolicyCheck check{*connection, "app", [this](Policy policy, const auto& failure) noexcept {
                      found.emplace_back(policy, failure.has_value());
                    }};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(policy_check_tests, PolicyFixture)

BOOST_AUTO_TEST_CASE(a_guess_that_is_refused_is_the_policy_in_force) {
  BOOST_TEST((check_now() == Policy::in_force));
  BOOST_TEST(!found.front().second);
  BOOST_TEST(api.count("POST", "app/secrets?dryRun=All") == 2);
}

BOOST_AUTO_TEST_CASE(a_guess_that_is_let_through_is_no_policy) {
  api.policy = false;
  BOOST_TEST((check_now() == Policy::absent));
}

// Nothing is stored, whatever comes of it.
BOOST_AUTO_TEST_CASE(each_question_is_a_dry_run) {
  api.policy = false;
  check_now();
  for (const auto& asked : api.asked) {
    BOOST_TEST(asked.target.ends_with("?dryRun=All"));
  }
}

// It refuses both: that says nothing of a guess.
BOOST_AUTO_TEST_CASE(what_refuses_the_bare_question_too_is_not_it) {
  answer(status_reply(422, "Invalid",
                      "ValidatingAdmissionPolicy 'labels' with binding 'labels' denied request"));
  BOOST_TEST((check_now() == Policy::unknown));
  BOOST_TEST(!found.front().second);
  BOOST_TEST(api.count("POST") == 1);
}

BOOST_AUTO_TEST_CASE(without_the_right_to_create_it_cannot_be_known) {
  api.rights["app"] = Account().may({"update"}, "secrets").rights();
  BOOST_TEST((check_now() == Policy::unknown));
  BOOST_TEST(!found.front().second);
}

BOOST_AUTO_TEST_CASE(a_server_without_an_answer_is_a_failure) {
  for (const int code : {401, 429, 500, 503}) {
    answer(status_reply(code, "", "no"));
    BOOST_TEST((check_now() == Policy::unknown));
    BOOST_TEST(found.front().second);
    found.clear();
  }
}

BOOST_AUTO_TEST_CASE(a_namespace_that_does_not_exist_is_a_failure) {
  api.name_spaces.clear();
  BOOST_TEST((check_now() == Policy::unknown));
  BOOST_TEST(found.front().second);
}

// The policy comes before the quota.
BOOST_AUTO_TEST_CASE(a_quota_that_is_full_lets_the_policy_be_seen) {
  api.quota_full = true;
  BOOST_TEST((check_now() == Policy::in_force));
  api.policy = false;
  found.clear();
  BOOST_TEST((check_now() == Policy::absent));
}

BOOST_AUTO_TEST_CASE(one_at_a_time) {
  check.start();
  check.start();
  settle();
  BOOST_TEST(found.size() == 1);
  check.start();
  check.cancel();
  settle();
  BOOST_TEST(found.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
