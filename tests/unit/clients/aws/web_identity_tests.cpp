#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "clients/aws/chain_place.hpp"
#include "unit/clients/aws/home.hpp"

using namespace blindfold::aws;
using blindfold::aws::test::error_of;
using blindfold::aws::test::failure_of;
using blindfold::aws::test::Home;
using blindfold::aws::test::taken;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

BOOST_AUTO_TEST_SUITE(web_identity_tests)

BOOST_AUTO_TEST_CASE(a_token_file_and_a_role_are_an_identity) {
  Home home;
  home.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/var/run/token";
  home.environment["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/path/agent";
  auto identity = taken<WebIdentity>(web_identity(home.environment, home.profiles()));
  BOOST_TEST(identity.token_file == "/var/run/token");
  BOOST_TEST(identity.role_arn == "arn:aws:iam::123456789012:role/path/agent");
  BOOST_TEST(identity.session_name == "blindfold");
  BOOST_TEST(identity.profile.empty());
  home.environment["AWS_ROLE_SESSION_NAME"] = "acme@prod";
  home.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "token";
  identity = taken<WebIdentity>(web_identity(home.environment, home.profiles()));
  BOOST_TEST(identity.session_name == "acme@prod");
  BOOST_TEST(identity.token_file == std::filesystem::current_path() / "token");
}

BOOST_AUTO_TEST_CASE(without_a_token_file_there_is_none) {
  Home home;
  BOOST_CHECK((failure_of(web_identity(home.environment, home.profiles())) ==
               CredentialFailure{CredentialPlace::web_identity, CredentialTrouble::not_set,
                                 "AWS_WEB_IDENTITY_TOKEN_FILE"}));
  home.environment["AWS_ROLE_ARN"] = "arn:aws:iam::123456789012:role/agent";
  BOOST_CHECK((failure_of(web_identity(home.environment, home.profiles())) ==
               CredentialFailure{CredentialPlace::web_identity, CredentialTrouble::incomplete,
                                 "AWS_WEB_IDENTITY_TOKEN_FILE"}));
}

BOOST_AUTO_TEST_CASE(a_token_file_needs_a_role_and_a_session_that_sts_takes) {
  Home home;
  home.environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token";
  for (const char* const role : {"", "role/agent", "arn:aws:iam::1:user/x", "arn:aws:role/a b"}) {
    home.environment["AWS_ROLE_ARN"] = role;
    BOOST_TEST(error_of(web_identity(home.environment, home.profiles())) ==
               "AWS_WEB_IDENTITY_TOKEN_FILE is set, and AWS_ROLE_ARN is no role's ARN");
  }
  home.environment["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/x";
  for (const std::string& name : {std::string("x"), std::string("a b"), std::string(65, 'x')}) {
    home.environment["AWS_ROLE_SESSION_NAME"] = name;
    BOOST_TEST(error_of(web_identity(home.environment, home.profiles())) ==
               "AWS_ROLE_SESSION_NAME is no name that STS takes");
  }
}

BOOST_AUTO_TEST_SUITE_END()
