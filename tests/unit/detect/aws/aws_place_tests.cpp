#include "detect/aws/aws_place.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;

const std::string secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
const std::string parameter_arn = "arn:aws:ssm:us-east-1:123456789012:parameter";

AwsPlace place(model::Locator locator) {
  return place_of(locator, "eu-central-1");
}

aws::SecretFacts listed(const std::string& name, const std::string& suffix = "AbC123") {
  return {name, secret_arn + name + "-" + suffix, "v1"};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_place_tests)

BOOST_AUTO_TEST_CASE(a_name_is_in_the_locators_region_or_the_accounts) {
  BOOST_TEST(place(a_secret("db")).region == "eu-west-1");
  BOOST_TEST(place(a_secret("db", "")).region == "eu-central-1");
  BOOST_TEST(place_of(a_secret("db", ""), "").region.empty());
  BOOST_TEST(place(a_parameter("/db", "String", "")).region == "eu-central-1");
}

BOOST_AUTO_TEST_CASE(an_arns_region_counts_whatever_else_is_said) {
  BOOST_TEST(place(a_secret(secret_arn + "db")).region == "us-east-1");
  BOOST_TEST(place(a_parameter(parameter_arn + "/db")).region == "us-east-1");
}

BOOST_AUTO_TEST_CASE(a_secret_is_asked_for_as_the_manifest_has_it) {
  BOOST_TEST(place(a_secret("prod/db")).asked() == "prod/db");
  BOOST_TEST(place(a_secret(secret_arn + "db-AbC123")).asked() == secret_arn + "db-AbC123");
  BOOST_TEST(place(a_secret(secret_arn + "db-AbC123")).name == "db");
}

BOOST_AUTO_TEST_CASE(a_parameter_is_asked_for_by_its_name) {
  BOOST_TEST(place(a_parameter("/a/b")).asked() == "/a/b");
  BOOST_TEST(place(a_parameter(parameter_arn + "/a/b")).asked() == "/a/b");
  BOOST_TEST(place(a_parameter(parameter_arn + "/ab")).asked() == "ab");
}

BOOST_AUTO_TEST_CASE(a_secrets_name_is_matched_whole) {
  BOOST_TEST(is_at(place(a_secret("db")), listed("db")));
  BOOST_TEST(!is_at(place(a_secret("db")), listed("db-replica")));
  BOOST_TEST(!is_at(place(a_secret("db-replica")), listed("db")));
  BOOST_TEST(!is_at(place(a_secret("db")), listed("DB")));
  // Its own name ends as an ARN's suffix does.
  BOOST_TEST(!is_at(place(a_secret("db-AbC123")), listed("db")));
}

BOOST_AUTO_TEST_CASE(an_arn_is_matched_with_its_suffix_or_without) {
  BOOST_TEST(is_at(place(a_secret(secret_arn + "db-AbC123")), listed("db")));
  BOOST_TEST(is_at(place(a_secret(secret_arn + "db")), listed("db")));
  BOOST_TEST(!is_at(place(a_secret(secret_arn + "db-AbC124")), listed("db")));
  BOOST_TEST(!is_at(place(a_secret(secret_arn + "db")), listed("dbs")));
  BOOST_TEST(!is_at(place(a_secret(secret_arn + "db")), listed("db-longer")));
  BOOST_TEST(!is_at(place(a_secret(secret_arn + "db")), listed("db", "AbC12-")));
  const std::string other = "arn:aws:secretsmanager:us-east-1:210987654321:secret:db";
  BOOST_TEST(!is_at(place(a_secret(other)), listed("db")));
}

BOOST_AUTO_TEST_CASE(a_parameter_is_matched_by_name_and_where_it_is_named_by_account) {
  const aws::ParameterFacts facts{"/a/b", parameter_arn + "/a/b", "String", "1", "2"};
  BOOST_TEST(is_at(place(a_parameter("/a/b")), facts));
  BOOST_TEST(!is_at(place(a_parameter("/a")), facts));
  BOOST_TEST(is_at(place(a_parameter(parameter_arn + "/a/b")), facts));
  const std::string other = "arn:aws:ssm:us-east-1:210987654321:parameter/a/b";
  BOOST_TEST(!is_at(place(a_parameter(other)), facts));
}

BOOST_AUTO_TEST_SUITE_END()
