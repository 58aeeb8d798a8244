#include "doctor/aws/questions.hpp"

#include <boost/test/unit_test.hpp>
#include <set>

#include "aws_requirements.hpp"
#include "doctor/aws/reading.hpp"

using namespace blindfold;
using doctor::tests::in_parameter_store;
using doctor::tests::in_secrets_manager;
using Asked = std::multiset<std::string>;

namespace {

Asked asked(const std::vector<model::Requirement>& requirements, const std::string& region = {}) {
  Asked all;
  for (const doctor::Question& question : doctor::questions_for(requirements, region)) {
    all.insert(doctor::action_of(question.operation) + " " + question.subject + " " +
               question.region);
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(questions_tests)

BOOST_AUTO_TEST_CASE(each_secret_is_read_and_several_at_once) {
  BOOST_TEST((asked({in_secrets_manager("a"), in_secrets_manager("b"), in_secrets_manager("a"),
                     in_secrets_manager("a", "us-east-1")}) ==
              Asked{"secretsmanager:BatchGetSecretValue  eu-west-1",
                    "secretsmanager:BatchGetSecretValue  us-east-1",
                    "secretsmanager:GetSecretValue a eu-west-1",
                    "secretsmanager:GetSecretValue a us-east-1",
                    "secretsmanager:GetSecretValue b eu-west-1"}));
}

BOOST_AUTO_TEST_CASE(each_parameter_is_read_and_every_path_above_it) {
  BOOST_TEST(
      (asked({in_parameter_store("/prod/smtp/password"), in_parameter_store("/prod/x"),
              in_parameter_store("flat")}) ==
       Asked{"ssm:GetParameter /prod/smtp/password eu-west-1", "ssm:GetParameter /prod/x eu-west-1",
             "ssm:GetParameter flat eu-west-1", "ssm:GetParameters /prod/smtp/password eu-west-1",
             "ssm:GetParameters /prod/x eu-west-1", "ssm:GetParameters flat eu-west-1",
             "ssm:GetParametersByPath / eu-west-1", "ssm:GetParametersByPath /prod eu-west-1",
             "ssm:GetParametersByPath /prod/smtp eu-west-1"}));
}

BOOST_AUTO_TEST_CASE(an_arn_is_asked_for_as_it_is) {
  const std::string arn = "arn:aws:ssm:us-east-2:123456789012:parameter/prod/x";
  BOOST_TEST(
      (asked({in_parameter_store(arn, "us-east-2")}) ==
       Asked{"ssm:GetParameter " + arn + " us-east-2", "ssm:GetParameters " + arn + " us-east-2",
             "ssm:GetParametersByPath / us-east-2", "ssm:GetParametersByPath /prod us-east-2"}));
}

BOOST_AUTO_TEST_CASE(the_accounts_region_is_for_what_names_none) {
  BOOST_TEST((asked({in_secrets_manager("a", "")}, "eu-north-1")
                  .count("secretsmanager:GetSecretValue a eu-north-1") == 1U));
  BOOST_TEST(
      (asked({in_secrets_manager("a", "")}).count("secretsmanager:GetSecretValue a ") == 1U));
}

BOOST_AUTO_TEST_CASE(what_is_elsewhere_or_skipped_is_left_out) {
  model::Requirement skipped = in_secrets_manager("a");
  skipped.skipped = true;
  model::Requirement elsewhere;
  elsewhere.locator = model::DirectoryLocator{"/a", {"b"}};
  BOOST_TEST(asked({skipped, elsewhere}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
