#include "app/aws_words.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold;
using doctor::AwsReport;
using doctor::IdentityProof;
using doctor::Reading;

namespace {

IdentityProof proof_of(std::vector<doctor::AwsAttempt> attempts) {
  IdentityProof proof{.place = model::CredentialPlace::profile, .subject = "agent"};
  proof.attempts = std::move(attempts);
  proof.sight = doctor::sight_of(proof.attempts);
  return proof;
}

doctor::AwsAttempt attempt(Reading reading) {
  return {.action = "ssm:GetParameter", .region = "eu-west-1", .subject = "/a", .reading = reading};
}

const std::string history =
    "– ssm:GetParameterHistory was not tried: no form of it is sure to bring no value, agent "
    "doctor --commands prints how to look\n";

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_words_tests)

BOOST_AUTO_TEST_CASE(it_is_announced_with_what_it_leaves_behind) {
  BOOST_TEST(app::aws_announcement().contains("CloudTrail records each one"));
  BOOST_TEST(app::aws_announcement().ends_with("\n"));
}

BOOST_AUTO_TEST_CASE(each_answer_has_its_mark) {
  BOOST_TEST(app::describe(AwsReport{.identities = {proof_of({attempt(Reading::refused)})}}) ==
             "as the identity of the profile \"agent\", which the agent uses\n"
             "✓ ssm:GetParameter \"/a\" in \"eu-west-1\": refused\n"
             "✓ sight iam\n" +
                 history + "1 of 1 operations refused, 0 let through, 0 not known\n");
  const std::string read =
      app::describe(AwsReport{.identities = {proof_of({attempt(Reading::refused)}),
                                             proof_of({attempt(Reading::allowed)})}});
  BOOST_TEST(read.contains("which is within reach and which the agent does not use\n"));
  BOOST_TEST(read.contains("✗ ssm:GetParameter \"/a\" in \"eu-west-1\": LET THROUGH\n"));
  BOOST_TEST(read.contains("✗ sight none: the agent's identity may call ssm:GetParameter: "));
  BOOST_TEST(read.ends_with("1 of 2 operations refused, 1 let through, 0 not known\n"));
}

BOOST_AUTO_TEST_CASE(what_is_not_known_says_why) {
  doctor::AwsAttempt failed = attempt(Reading::untried);
  failed.why = model::ServiceFailed{model::ApiTrouble::unreachable, "ssm.example", 0};
  const std::string text =
      app::describe(AwsReport{.identities = {proof_of({failed, attempt(Reading::untried)})}});
  BOOST_TEST(
      text.contains("? ssm:GetParameter \"/a\" in \"eu-west-1\": could not be tried: "
                    "\"ssm.example\" cannot be reached"));
  BOOST_TEST(text.contains("could not be tried: its turn never came\n"));
  BOOST_TEST(text.contains("? sight wire"));
  BOOST_TEST(text.ends_with("0 of 2 operations refused, 0 let through, 2 not known\n"));
}

BOOST_AUTO_TEST_CASE(an_identity_that_is_not_there_is_named) {
  doctor::AwsAttempt absent = attempt(Reading::untried);
  absent.why = model::CredentialsMissing{
      {{model::CredentialPlace::instance, model::CredentialTrouble::timed_out, "169.254.169.254"}}};
  const std::string text = app::describe(
      AwsReport{.identities = {proof_of({attempt(Reading::refused)}), proof_of({absent})}});
  BOOST_TEST(
      text.contains("– the identity of the profile \"agent\", which the agent does not use: "
                    "instance metadata: "));
  BOOST_TEST(text.ends_with("1 of 1 operations refused, 0 let through, 0 not known\n"));
  BOOST_TEST(app::describe(AwsReport{.identities = {proof_of({absent})}})
                 .starts_with("? the identity of the profile \"agent\", which the agent uses: "));
}

BOOST_AUTO_TEST_CASE(without_any_source_the_places_are_named) {
  const AwsReport report{.identities = {},
                         .without = {{model::CredentialPlace::environment,
                                      model::CredentialTrouble::not_set, "AWS_ACCESS_KEY_ID"}}};
  BOOST_TEST(app::describe(report).starts_with(
      "? there are no AWS credentials (environment: \"AWS_ACCESS_KEY_ID\" is not set)\n"));
}

BOOST_AUTO_TEST_CASE(names_cannot_act_or_deceive) {
  doctor::AwsAttempt hostile = attempt(Reading::allowed);
  hostile.subject = "\x1b[2J";
  BOOST_TEST(!app::describe(AwsReport{.identities = {proof_of({hostile})}}).contains('\x1b'));
}

BOOST_AUTO_TEST_SUITE_END()
