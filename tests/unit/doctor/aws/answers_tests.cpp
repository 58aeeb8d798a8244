#include "doctor/aws/answers.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold;
using aws::Failure;
using aws::Fault;
using aws::Refusal;
using doctor::AwsAttempt;
using doctor::Reading;

namespace {

AwsAttempt taken(const std::optional<Failure>& failure, bool began = false) {
  AwsAttempt attempt{.action = "ssm:GetParameter", .region = "eu-west-1", .subject = "/a"};
  attempt.why = model::RegionMissing{};
  doctor::take_answer(attempt, failure, began, {"eu-west-1", "ssm.example"});
  return attempt;
}

Reading reading(const std::optional<Failure>& failure, bool began = false) {
  return taken(failure, began).reading;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(answers_tests)

BOOST_AUTO_TEST_CASE(a_refusal_by_rights_is_the_only_proof) {
  const AwsAttempt attempt = taken(Failure{.refusal = Refusal::access_denied, .status = 400});
  BOOST_TEST((attempt.reading == Reading::refused));
  BOOST_TEST(!attempt.why.has_value());
}

BOOST_AUTO_TEST_CASE(whatever_else_iam_let_through_is_allowed) {
  BOOST_TEST((reading(std::nullopt) == Reading::allowed));
  BOOST_TEST((reading(Failure{.refusal = Refusal::not_found, .status = 400}) == Reading::allowed));
  // Dropped at its first token, too large, or cut off after its head.
  BOOST_TEST(
      (reading(Failure{.fault = Fault::not_the_form, .status = 200}, true) == Reading::allowed));
  for (const Fault fault : {Fault::too_large, Fault::cut_off, Fault::timed_out}) {
    BOOST_TEST((reading(Failure{.fault = fault, .status = 200}) == Reading::allowed));
  }
}

BOOST_AUTO_TEST_CASE(what_told_neither_way_says_why) {
  for (const Refusal refusal :
       {Refusal::invalid_request, Refusal::throttled, Refusal::not_signed_right, Refusal::clock,
        Refusal::server_error, Refusal::unexpected}) {
    const AwsAttempt attempt = taken(Failure{.refusal = refusal, .status = 400});
    BOOST_TEST((attempt.reading == Reading::untried));
    BOOST_REQUIRE(attempt.why.has_value());
    BOOST_TEST(std::get<model::ServiceFailed>(*attempt.why).server == "ssm.example");
  }
  for (const Fault fault : {Fault::unreachable, Fault::not_trusted, Fault::timed_out}) {
    BOOST_TEST((reading(Failure{.fault = fault}) == Reading::untried));
  }
  // A page of HTML, from something in between.
  BOOST_TEST((reading(Failure{.fault = Fault::not_the_form, .status = 200}) == Reading::untried));
}

BOOST_AUTO_TEST_CASE(missing_credentials_are_told_in_order) {
  const model::CredentialFailure failure{model::CredentialPlace::instance,
                                         model::CredentialTrouble::timed_out, "169.254.169.254"};
  const AwsAttempt attempt = taken(Failure{.fault = Fault::credential, .credentials = {failure}});
  BOOST_TEST((attempt.reading == Reading::untried));
  BOOST_TEST((attempt.why == model::Detail(model::CredentialsMissing{{failure}})));
}

BOOST_AUTO_TEST_SUITE_END()
