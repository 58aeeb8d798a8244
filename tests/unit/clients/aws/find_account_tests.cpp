#include "clients/aws/find_account.hpp"

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "unit/clients/aws/home.hpp"

using namespace blindfold::aws;
using blindfold::aws::test::Home;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

struct Everything : Home {
  Everything() {
    environment["AWS_ACCESS_KEY_ID"] = "AKID";
    environment["AWS_SECRET_ACCESS_KEY"] = "x";
    environment["AWS_WEB_IDENTITY_TOKEN_FILE"] = "/token";
    environment["AWS_ROLE_ARN"] = "arn:aws:iam::1:role/x";
    environment["AWS_CONTAINER_CREDENTIALS_RELATIVE_URI"] = "/x";
    environment["AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE"] = "/container";
    credentials("[default]\naws_access_key_id = A\naws_secret_access_key = b\n");
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(find_account_tests)

BOOST_FIXTURE_TEST_CASE(all_that_is_configured_is_there_in_its_order, Everything) {
  BOOST_TEST(account().sources.size() == 5U);
  BOOST_TEST(account().without.empty());
  const std::vector<std::string> files{"/token", file(".aws/credentials"), "/container"};
  BOOST_TEST(account().files == files);
}

BOOST_FIXTURE_TEST_CASE(keys_of_the_environment_count_before_a_named_profile, Everything) {
  environment["AWS_PROFILE"] = "default";
  const Account found = account();
  BOOST_TEST(std::holds_alternative<EnvironmentKeys>(found.sources.at(0).kind));
  BOOST_TEST(std::holds_alternative<WebIdentity>(found.sources.at(1).kind));
  BOOST_TEST(std::holds_alternative<ProfileKeys>(found.sources.at(2).kind));
  BOOST_TEST(std::holds_alternative<Container>(found.sources.at(3).kind));
  BOOST_TEST(std::holds_alternative<Instance>(found.sources.at(4).kind));
}

BOOST_FIXTURE_TEST_CASE(the_empty_places_before_the_first_source_say_why, Home) {
  const Account found = account();
  BOOST_TEST(found.sources.size() == 1U);
  BOOST_REQUIRE(found.without.size() == 4U);
  for (std::size_t i = 0; i < 4; ++i) {
    BOOST_CHECK(found.without[i].place == static_cast<CredentialPlace>(i));
    BOOST_CHECK(found.without[i].trouble == CredentialTrouble::not_set);
  }
}

BOOST_FIXTURE_TEST_CASE(where_all_places_are_empty_that_is_no_error_yet, Home) {
  environment["AWS_EC2_METADATA_DISABLED"] = "true";
  BOOST_TEST(account().sources.empty());
  BOOST_TEST(account().without.size() == 5U);
}

BOOST_FIXTURE_TEST_CASE(what_is_wrong_behind_the_first_source_does_not_count, Home) {
  config("[default]\nrole_arn = arn:aws:iam::1:role/x\nmfa_serial = m\nsource_profile = default\n");
  BOOST_TEST(refusal().what.find("mfa_serial") != std::string::npos);
  environment["AWS_ACCESS_KEY_ID"] = "AKID";
  environment["AWS_SECRET_ACCESS_KEY"] = "x";
  BOOST_TEST(account().sources.size() == 2U);
  config("[default\n");
  BOOST_TEST(refusal().what == file(".aws/config") + ":1: a section's name has no `]` after it",
             "a file that cannot be read counts always: the region is in it");
}

BOOST_FIXTURE_TEST_CASE(programs_are_those_of_processes_however_deep, Home) {
  BOOST_TEST(programs_of(account()).empty());
  config(
      "[default]\nrole_arn = arn:aws:iam::1:role/x\nsource_profile = a\n"
      "[profile a]\ncredential_process = /bin/keys --a\n");
  const auto programs = programs_of(account());
  BOOST_REQUIRE(programs.size() == 1U);
  BOOST_TEST(programs.front().name == "credential process");
  BOOST_TEST(programs.front().arguments == (std::vector<std::string>{"/bin/keys", "--a"}));
}

BOOST_AUTO_TEST_CASE(of_the_process_that_is_taken_which_the_sdks_know) {
  ::setenv("AWS_BLINDFOLD_TEST", "a=b", 1);
  ::setenv("BLINDFOLD_TEST", "x", 1);
  ::setenv("no_proxy", "y", 1);
  const Environment environment = process_environment();
  BOOST_TEST(environment.at("AWS_BLINDFOLD_TEST") == "a=b");
  BOOST_TEST(environment.at("no_proxy") == "y");
  BOOST_TEST(!environment.contains("BLINDFOLD_TEST"));
  ::unsetenv("AWS_BLINDFOLD_TEST");
  ::unsetenv("BLINDFOLD_TEST");
  ::unsetenv("no_proxy");
}

BOOST_AUTO_TEST_SUITE_END()
