#include "clients/aws/profiles.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>

#include "support/in_child.hpp"
#include "unit/clients/aws/home.hpp"

using blindfold::aws::Profiles;
using blindfold::aws::SectionKind;
using blindfold::aws::test::Home;
using blindfold::base::ErrorKind;

BOOST_AUTO_TEST_SUITE(profiles_tests)

BOOST_AUTO_TEST_CASE(the_credentials_files_values_count_before_the_config_files) {
  Home home;
  home.config("[default]\nregion = a\nrole_arn = b\n");
  home.credentials("[default]\nregion = c\n");
  const Profiles profiles = home.profiles();
  BOOST_TEST(profiles.find("default", "region")->text == "c");
  BOOST_TEST(profiles.find("default", "region")->at == home.file(".aws/credentials") + ":2");
  BOOST_TEST(profiles.chosen_value("role_arn") == "b");
  BOOST_TEST(profiles.chosen_value("external_id").empty());
}

BOOST_AUTO_TEST_CASE(variables_name_other_files_and_another_profile) {
  Home home;
  home.config("[default]\nregion = a\n");
  home.scratch.write("other", "[profile x]\nregion = b\n[profile y]\nregion = c\n");
  home.environment["AWS_CONFIG_FILE"] = "~/other";
  BOOST_TEST(home.profiles().chosen_value("region").empty());
  home.environment["AWS_DEFAULT_PROFILE"] = "x";
  BOOST_TEST(home.profiles().chosen_value("region") == "b");
  home.environment["AWS_PROFILE"] = "y";
  BOOST_TEST(home.profiles().chosen_value("region") == "c");
}

BOOST_AUTO_TEST_CASE(without_files_there_is_nothing) {
  Home home;
  BOOST_TEST(!home.profiles().has(SectionKind::profile, "default"));
  home.environment.erase("HOME");
  BOOST_TEST(!home.profiles().has(SectionKind::profile, "default"));
  BOOST_TEST(home.profiles().in_home("x").empty());
}

BOOST_AUTO_TEST_CASE(a_profile_that_is_named_is_there) {
  Home home;
  home.environment["AWS_PROFILE"] = "prod";
  const auto refused = Profiles::load(home.environment);
  BOOST_REQUIRE(!refused.has_value());
  BOOST_CHECK(refused.error().kind == ErrorKind::missing);
  BOOST_TEST(refused.error().what ==
             "the profile \"prod\", which AWS_PROFILE names, is not there: not in " +
                 home.file(".aws/credentials") + " and " + home.file(".aws/config"));
  home.credentials("[prod]\n");
  BOOST_TEST(Profiles::load(home.environment).has_value());
}

BOOST_AUTO_TEST_CASE(a_file_in_home_that_may_not_be_opened_is_passed_over) {
  Home home;
  home.config("[default]\nregion = a\n");
  ::chmod(home.file(".aws").c_str(), 0);
  BOOST_TEST(blindfold::support::in_child([&home]() -> int {
               if (::geteuid() == 0 && ::setresuid(65534, 65534, 65534) != 0) {
                 return 1;
               }
               const auto profiles = Profiles::load(home.environment);
               if (!profiles || profiles->denied() != home.file(".aws/config")) {
                 return 2;
               }
               home.environment["AWS_CONFIG_FILE"] = home.file(".aws/config");
               const auto refused = Profiles::load(home.environment);
               return refused || refused.error().kind != ErrorKind::denied ? 3 : 0;
             }) == 0);
  ::chmod(home.file(".aws").c_str(), 0700);
}

BOOST_AUTO_TEST_SUITE_END()
