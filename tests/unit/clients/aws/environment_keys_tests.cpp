#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>

#include "clients/aws/chain_place.hpp"
#include "unit/clients/aws/home.hpp"

using namespace blindfold::aws;
using blindfold::aws::test::error_of;
using blindfold::aws::test::failure_of;
using blindfold::aws::test::taken;
using blindfold::aws::test::text_of;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

BOOST_AUTO_TEST_SUITE(environment_keys_tests)

BOOST_AUTO_TEST_CASE(the_keys_are_what_the_variables_say) {
  Environment environment{{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "se/cr+et="}};
  const auto keys = taken<EnvironmentKeys>(environment_keys(environment)).credentials;
  BOOST_TEST(keys.access_key_id == "AKID");
  BOOST_TEST(text_of(keys.secret_access_key) == "se/cr+et=");
  BOOST_TEST(keys.session_token.empty());
  BOOST_TEST(!keys.expires.has_value());
  environment["AWS_SECURITY_TOKEN"] = "old";
  BOOST_TEST(
      text_of(taken<EnvironmentKeys>(environment_keys(environment)).credentials.session_token) ==
      "old");
  environment["AWS_SESSION_TOKEN"] = "new";
  environment["AWS_CREDENTIAL_EXPIRATION"] = "2026-11-23T12:00:00+01:00";
  const auto temporary = taken<EnvironmentKeys>(environment_keys(environment)).credentials;
  BOOST_TEST(text_of(temporary.session_token) == "new");
  BOOST_CHECK(temporary.expires.value() ==
              std::chrono::sys_days(std::chrono::year(2026) / 11 / 23) + std::chrono::hours(11));
}

BOOST_AUTO_TEST_CASE(half_a_pair_is_no_pair) {
  BOOST_CHECK((failure_of(environment_keys({})) == CredentialFailure{CredentialPlace::environment,
                                                                     CredentialTrouble::not_set,
                                                                     "AWS_ACCESS_KEY_ID"}));
  BOOST_CHECK((failure_of(environment_keys({{"AWS_SECRET_ACCESS_KEY", "canary"}})) ==
               CredentialFailure{CredentialPlace::environment, CredentialTrouble::incomplete,
                                 "AWS_ACCESS_KEY_ID"}));
  BOOST_TEST(error_of(environment_keys({{"AWS_ACCESS_KEY_ID", "AKID"}})) ==
             "AWS_ACCESS_KEY_ID is set, and AWS_SECRET_ACCESS_KEY is not");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_a_key_is_refused_and_not_repeated) {
  BOOST_TEST(error_of(environment_keys(
                 {{"AWS_ACCESS_KEY_ID", "AKID"}, {"AWS_SECRET_ACCESS_KEY", "canary\n"}})) ==
             "AWS_SECRET_ACCESS_KEY holds something else than a key or a token");
  BOOST_TEST(error_of(environment_keys({{"AWS_ACCESS_KEY_ID", "AKID"},
                                        {"AWS_SECRET_ACCESS_KEY", "x"},
                                        {"AWS_SESSION_TOKEN", "can ary"}})) ==
             "AWS_SESSION_TOKEN holds something else than a key or a token");
  BOOST_TEST(error_of(environment_keys(
                 {{"AWS_ACCESS_KEY_ID", "AK\nID"}, {"AWS_SECRET_ACCESS_KEY", "x"}})) ==
             "AWS_ACCESS_KEY_ID holds something else than a key's id");
  BOOST_TEST(error_of(environment_keys({{"AWS_ACCESS_KEY_ID", "AKID"},
                                        {"AWS_SECRET_ACCESS_KEY", "x"},
                                        {"AWS_CREDENTIAL_EXPIRATION", "soon"}})) ==
             "AWS_CREDENTIAL_EXPIRATION is no RFC 3339 time");
}

BOOST_AUTO_TEST_SUITE_END()
