#include "core/model/arn.hpp"

#include <boost/test/unit_test.hpp>

using namespace blindfold::model;

BOOST_AUTO_TEST_SUITE(arn_tests)

BOOST_AUTO_TEST_CASE(an_arn_comes_apart) {
  const auto arn = parse_arn("arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:a:b-AbCdEf");
  BOOST_REQUIRE(arn.has_value());
  BOOST_TEST(arn->partition == "aws-cn");
  BOOST_TEST(arn->service == "secretsmanager");
  BOOST_TEST(arn->region == "cn-north-1");
  BOOST_TEST(arn->account == "123456789012");
  BOOST_TEST(arn->resource == "secret:a:b-AbCdEf");
}

BOOST_AUTO_TEST_CASE(what_is_no_arn_is_nothing) {
  for (const char* const text :
       {"", "arn", "arn:aws:ssm:eu-west-1:1", "prod/db", "urn:a:b:c:d:e"}) {
    BOOST_TEST(!parse_arn(text).has_value(), text);
  }
}

BOOST_AUTO_TEST_CASE(names_are_those_of_the_right_service) {
  const auto secret = parse_arn("arn:aws:secretsmanager:r-r-1:1:secret:prod/db-AbCdEf");
  const auto nested = parse_arn("arn:aws:ssm:r-r-1:1:parameter/prod/db");
  const auto flat = parse_arn("arn:aws:ssm:r-r-1:1:parameter/db");
  BOOST_TEST(secret_in(*secret).value() == "prod/db-AbCdEf");
  BOOST_TEST(parameter_in(*nested).value() == "/prod/db");
  BOOST_TEST(parameter_in(*flat).value() == "db");
  BOOST_TEST(!parameter_in(*secret).has_value());
  BOOST_TEST(!secret_in(*nested).has_value());
  BOOST_TEST(!secret_in(*parse_arn("arn:aws:secretsmanager:r:1:other:x")).has_value());
}

BOOST_AUTO_TEST_CASE(the_suffix_is_six_characters_behind_a_hyphen) {
  BOOST_TEST(without_suffix("prod/db-AbCd12") == "prod/db");
  for (const char* const name : {"prod/db", "-AbCdEf", "db-AbCdE", "db-AbC_Ef", "dbAbCdEfg", ""}) {
    BOOST_TEST(without_suffix(name) == name, name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
