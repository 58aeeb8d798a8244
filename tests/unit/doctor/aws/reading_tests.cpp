#include "doctor/aws/reading.hpp"

#include <boost/test/unit_test.hpp>
#include <set>
#include <vector>

#include "doctor/aws/refusing_reader.hpp"
#include "platform/json/parser.hpp"

using namespace blindfold;

BOOST_AUTO_TEST_SUITE(reading_tests)

// The whole body: one field more or less may bring a value.
BOOST_AUTO_TEST_CASE(each_asks_for_what_cannot_exist) {
  BOOST_TEST(doctor::get_secret_value("prod/\"db\"").body ==
             R"({"SecretId":"prod/\"db\"","VersionId":"00000000-0000-0000-0000-000000000000"})");
  BOOST_TEST(doctor::batch_get_secret_value().body ==
             R"({"SecretIdList":["blindfold-cannot-exist-00000000-0000-0000-0000-000000000000"]})");
  BOOST_TEST(doctor::get_parameter("/a").body == R"({"Name":"/a:999999999"})");
  BOOST_TEST(doctor::get_parameters("/a").body == R"({"Names":["/a:999999999"]})");
  BOOST_TEST(
      doctor::get_parameters_by_path("/prod").body ==
      R"({"Path":"/prod","Recursive":true,"MaxResults":1,"ParameterFilters":[{"Key":"Label",)"
      R"("Option":"Equals","Values":["blindfold-cannot-exist"]}]})");
}

BOOST_AUTO_TEST_CASE(each_is_named_as_iam_names_it) {
  const std::vector<aws::Operation> all{
      doctor::get_secret_value("a"), doctor::batch_get_secret_value(), doctor::get_parameter("a"),
      doctor::get_parameters("a"), doctor::get_parameters_by_path("/")};
  std::set<std::string> names;
  for (const aws::Operation& operation : all) {
    names.insert(doctor::action_of(operation));
  }
  BOOST_TEST((names == std::set<std::string>{
                           "secretsmanager:GetSecretValue", "secretsmanager:BatchGetSecretValue",
                           "ssm:GetParameter", "ssm:GetParameters", "ssm:GetParametersByPath"}));
}

BOOST_AUTO_TEST_CASE(nothing_of_a_reply_is_read) {
  for (const std::string_view reply : {R"({"SecretString":"x"})", "[1]", "\"x\"", "null", "1"}) {
    doctor::RefusingReader reader;
    json::Parser parser(reader);
    const auto fed = parser.feed(reply);
    BOOST_TEST((!fed.has_value() || !parser.finish().has_value()), reply);
    BOOST_TEST(reader.began());
    BOOST_TEST(parser.documents() == 0U);
  }
}

BOOST_AUTO_TEST_SUITE_END()
