#include "show/report/aws_words.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "show/report/words.hpp"

using namespace blindfold;
using model::CredentialPlace;
using model::CredentialTrouble;

namespace {

std::string words(const model::Detail& detail) {
  return report::describe(detail);
}

std::string missing(model::StoreKind store, std::string near_miss, std::string near_region) {
  return words(
      model::AwsMissing{store, "eu-west-1", "db", std::move(near_miss), std::move(near_region)});
}

std::string sight(model::SightReason reason, std::string subject = {}) {
  return report::why_no_better_in_aws({model::SightLevel::wire, reason, std::move(subject)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_words_tests)

BOOST_AUTO_TEST_CASE(what_is_missing_has_its_place_and_what_looks_like_it) {
  using enum model::StoreKind;
  BOOST_TEST(missing(aws_secrets_manager, "", "") ==
             R"(secret "db" does not exist in "eu-west-1")");
  BOOST_TEST(missing(aws_parameter_store, "/db", "us-east-1") ==
             R"(parameter "db" does not exist in "eu-west-1"; did you mean "/db"?)");
  BOOST_TEST(missing(aws_secrets_manager, "", "us-east-1") ==
             R"(secret "db" does not exist in "eu-west-1"; there is one in "us-east-1")");
}

BOOST_AUTO_TEST_CASE(what_is_not_as_it_should_be_says_what_to_do) {
  BOOST_TEST(words(model::NoCurrentVersion{}) ==
             "no version of the secret holds a value under AWSCURRENT: agent commands prints how "
             "to fill it");
  BOOST_TEST(words(model::ValueNotChecked{"secretsmanager:ListSecretVersionIds"}) ==
             "whether it holds a value is not checked: the agent's identity may not "
             "secretsmanager:ListSecretVersionIds");
  BOOST_TEST(words(model::ScheduledForDeletion{}).contains("restore it"));
  BOOST_TEST(words(model::ParameterType{"String", "SecureString"})
                 .starts_with(R"(the parameter's type is "String", not "SecureString": )"));
  BOOST_TEST(words(model::RegionMissing{}).contains("set AWS_REGION"));
  BOOST_TEST(words(model::TooManyPages{"ssm:DescribeParameters", 100}) ==
             "ssm:DescribeParameters did not end within 100 pages: the agent tries again");
}

BOOST_AUTO_TEST_CASE(a_permission_is_named_as_iam_does) {
  BOOST_TEST(words(model::ActionDenied{"secretsmanager:DescribeSecret", "eu-west-1", "db"}) ==
             "the agent's identity may not secretsmanager:DescribeSecret for \"db\" in "
             "\"eu-west-1\": agent permissions --for aws prints what it needs");
  BOOST_TEST(words(model::ActionDenied{"ssm:DescribeParameters", "eu-west-1", ""})
                 .starts_with("the agent's identity may not ssm:DescribeParameters in "));
}

BOOST_AUTO_TEST_CASE(each_trouble_names_the_service_and_what_to_do) {
  std::vector<std::string> all;
  for (int i = 0; i <= static_cast<int>(model::ApiTrouble::unexpected); ++i) {
    const std::string text =
        words(model::ServiceFailed{static_cast<model::ApiTrouble>(i), "ssm.example", 0});
    BOOST_TEST(text.starts_with("\"ssm.example\" "));
    BOOST_TEST(text.contains(": "), text);
    BOOST_TEST((std::ranges::find(all, text) == all.end()), text);
    all.push_back(text);
  }
  BOOST_TEST(words(model::ServiceFailed{model::ApiTrouble::throttled, "ssm.example", 400})
                 .starts_with("\"ssm.example\" throttles this account (400): "));
}

BOOST_AUTO_TEST_CASE(each_place_and_each_trouble_of_credentials_has_its_words) {
  std::vector<std::string> all;
  for (int place = 0; place <= static_cast<int>(CredentialPlace::instance); ++place) {
    for (int trouble = 0; trouble <= static_cast<int>(CredentialTrouble::internal); ++trouble) {
      const model::CredentialFailure failure{static_cast<CredentialPlace>(place),
                                             static_cast<CredentialTrouble>(trouble), "it"};
      const std::string text = report::describe(failure);
      BOOST_TEST(text.starts_with(std::string(report::name_of(failure.place)) + ": "));
      BOOST_TEST((std::ranges::find(all, text) == all.end()), text);
      all.push_back(text);
    }
  }
  BOOST_TEST(report::describe({CredentialPlace::instance, CredentialTrouble::timed_out, "imds"})
                 .contains("raise the instance's hop limit"));
  BOOST_TEST(report::describe({CredentialPlace::web_identity, CredentialTrouble::refused,
                               "arn:aws:iam::1:role/a", 403}) ==
             "web identity: refused by \"arn:aws:iam::1:role/a\" (403)");
}

BOOST_AUTO_TEST_CASE(every_place_without_credentials_is_told_in_order) {
  BOOST_TEST(
      words(model::CredentialsMissing{
          {{CredentialPlace::environment, CredentialTrouble::not_set, "AWS_ACCESS_KEY_ID"},
           {CredentialPlace::container, CredentialTrouble::unreachable, "169.254.170.2"}}}) ==
      "there are no AWS credentials (environment: \"AWS_ACCESS_KEY_ID\" is not set; container: "
      "\"169.254.170.2\" cannot be reached)");
}

BOOST_AUTO_TEST_CASE(each_reason_says_what_makes_it_better) {
  BOOST_TEST(sight(model::SightReason::not_tried).contains("require-sight: enforced"));
  BOOST_TEST(sight(model::SightReason::not_proven, "ssm:GetParameter")
                 .starts_with("whether IAM refuses ssm:GetParameter could not be found out"));
  BOOST_TEST(sight(model::SightReason::may_call, "ssm:GetParameter") ==
             "the agent's identity may call ssm:GetParameter: attach the policy that agent "
             "permissions --for aws prints");
  BOOST_TEST(sight(model::SightReason::own_file) == "");
}

BOOST_AUTO_TEST_CASE(names_cannot_act_or_deceive) {
  BOOST_TEST(
      !words(model::AwsMissing{model::StoreKind::aws_secrets_manager, "\x1b", "\n", "\x1b", "\x1b"})
           .contains('\x1b'));
  BOOST_TEST(!words(model::ActionDenied{"\x1b", "\x1b", "\x1b"}).contains('\x1b'));
  BOOST_TEST(
      !words(model::ServiceFailed{model::ApiTrouble::unreachable, "\x1b", 0}).contains('\x1b'));
  BOOST_TEST(!sight(model::SightReason::may_call, "\x1b").contains('\x1b'));
}

BOOST_AUTO_TEST_SUITE_END()
