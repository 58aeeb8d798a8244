#include "doctor/aws/report.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold;
using doctor::AwsAttempt;
using doctor::AwsReport;
using doctor::IdentityProof;
using doctor::Reading;
using model::SightLevel;
using model::SightReason;

namespace {

IdentityProof proof_of(const std::vector<Reading>& readings) {
  IdentityProof proof;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    proof.attempts.push_back({.action = "a" + std::to_string(i), .reading = readings[i]});
  }
  proof.sight = doctor::sight_of(proof.attempts);
  return proof;
}

IdentityProof absent() {
  IdentityProof proof = proof_of({Reading::untried, Reading::untried});
  proof.attempts[0].why = model::CredentialsMissing{};
  return proof;
}

constexpr auto refused = Reading::refused;
constexpr auto allowed = Reading::allowed;
constexpr auto untried = Reading::untried;

}  // namespace

BOOST_AUTO_TEST_SUITE(report_tests)

BOOST_AUTO_TEST_CASE(the_sight_is_no_better_than_the_worst_answer) {
  BOOST_TEST((proof_of({refused, refused}).sight == model::Sight{SightLevel::iam, {}, {}}));
  BOOST_TEST((proof_of({refused, untried, allowed}).sight ==
              model::Sight{SightLevel::none, SightReason::may_call, "a2"}));
  BOOST_TEST((proof_of({refused, untried}).sight ==
              model::Sight{SightLevel::wire, SightReason::not_proven, "a1"}));
  BOOST_TEST((proof_of({}).sight == model::Sight{SightLevel::wire, SightReason::not_tried, {}}));
}

BOOST_AUTO_TEST_CASE(an_identity_is_absent_where_nothing_could_be_asked) {
  BOOST_TEST(absent().absent() != nullptr);
  BOOST_TEST(proof_of({untried}).absent() == nullptr);
  IdentityProof lost = absent();
  lost.attempts.insert(lost.attempts.begin(), {.action = "first", .reading = refused});
  BOOST_TEST(lost.absent() == nullptr);
}

BOOST_AUTO_TEST_CASE(every_identity_within_reach_counts) {
  const auto proven = [](std::vector<IdentityProof> identities) {
    return AwsReport{.identities = std::move(identities)}.proven();
  };
  BOOST_TEST(!proven({}));
  BOOST_TEST(proven({proof_of({refused})}));
  BOOST_TEST(proven({proof_of({refused}), absent()}));
  BOOST_TEST(!proven({absent(), proof_of({refused})}));
  BOOST_TEST(!proven({proof_of({refused}), proof_of({allowed})}));
  BOOST_TEST(!proven({proof_of({refused}), proof_of({untried})}));
}

BOOST_AUTO_TEST_SUITE_END()
