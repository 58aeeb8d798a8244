#include <boost/test/unit_test.hpp>
#include <string>

#include "clients/aws/chain_place.hpp"
#include "unit/clients/aws/home.hpp"

using namespace blindfold::aws;
using blindfold::aws::test::error_of;
using blindfold::aws::test::failure_of;
using blindfold::aws::test::Home;
using blindfold::aws::test::taken;
using blindfold::aws::test::text_of;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

struct Task : Home {
  [[nodiscard]] auto place() const { return container(environment, profiles()); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(container_tests)

BOOST_FIXTURE_TEST_CASE(without_an_address_there_is_none, Task) {
  environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "t";
  BOOST_CHECK((failure_of(place()) == CredentialFailure{CredentialPlace::container,
                                                        CredentialTrouble::not_set,
                                                        "AWS_CONTAINER_CREDENTIALS_FULL_URI"}));
}

BOOST_FIXTURE_TEST_CASE(a_relative_address_is_of_ecs_and_counts_first, Task) {
  environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://localhost/full";
  BOOST_TEST(taken<Container>(place()).url == "http://localhost/full");
  environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/v2/credentials/id";
  BOOST_TEST(taken<Container>(place()).url == "http://169.254.170.2/v2/credentials/id");
  for (const char* const bad :
       {"v2", "@evil.example/", ":80/x", ".evil.example/", "/a b", "/a#b"}) {
    environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = bad;
    BOOST_TEST(error_of(place()) ==
               "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI is no address that "
               "credentials could come from");
  }
}

BOOST_FIXTURE_TEST_CASE(a_full_address_is_https_or_of_this_machine_or_its_agent, Task) {
  for (const char* const good :
       {"https://credentials.example/x", "http://127.0.0.1:8080/x?a=b", "http://[::1]/",
        "http://localhost:1/x", "http://169.254.170.2", "http://169.254.170.23/v1/credentials",
        "http://[fd00:ec2::23]/v1/credentials"}) {
    environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = good;
    BOOST_TEST(taken<Container>(place()).url == good);
  }
  for (const char* const far :
       {"http://credentials.example/x", "http://169.254.170.3/", "http://10.0.0.1/",
        "http://localhost.example/", "http://169.254.169.254/x"}) {
    environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = far;
    BOOST_TEST(error_of(place()).starts_with("AWS_CONTAINER_CREDENTIALS_FULL_URI names another"));
  }
  for (const char* const bad : {"ftp://localhost/", "localhost/x", "http://", "http://a@localhost/",
                                "http://localhost?x", "https://x/\x01"}) {
    environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = bad;
    BOOST_TEST(error_of(place()).starts_with("AWS_CONTAINER_CREDENTIALS_FULL_URI is no address"));
  }
}

BOOST_FIXTURE_TEST_CASE(the_token_is_in_a_file_or_else_in_the_environment, Task) {
  environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"] = "http://169.254.170.23/v1/credentials";
  BOOST_TEST(taken<Container>(place()).token.empty());
  environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = "Basic abc";
  BOOST_TEST(text_of(taken<Container>(place()).token) == "Basic abc");
  environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/run/token";
  BOOST_TEST(taken<Container>(place()).token.empty());
  BOOST_TEST(taken<Container>(place()).token_file == "/run/token");
  environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "";
  for (const char* const bad :
       {"canary\r\nX: y", "can\nary x", "a canary x", " canary", "canary "}) {
    environment["AWS_CONTAINER_AUTHORIZATION_TOKEN"] = bad;
    BOOST_TEST(error_of(place()) == "AWS_CONTAINER_AUTHORIZATION_TOKEN cannot stand in a header");
  }
}

BOOST_AUTO_TEST_SUITE_END()
