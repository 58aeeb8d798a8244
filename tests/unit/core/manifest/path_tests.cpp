#include "core/manifest/path.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::manifest::folder_of;
using blindfold::manifest::resolved_path;

BOOST_AUTO_TEST_SUITE(path_tests)

BOOST_AUTO_TEST_CASE(a_relative_path_starts_from_the_folder) {
  BOOST_TEST(resolved_path("/etc/app", "secrets") == "/etc/app/secrets");
  BOOST_TEST(resolved_path("/etc/app/", "./secrets/") == "/etc/app/secrets");
  BOOST_TEST(resolved_path("/etc/app", "../x") == "/etc/x");
  BOOST_TEST(resolved_path("/", "x") == "/x");
  BOOST_TEST(resolved_path("/etc", ".") == "/etc");
}

BOOST_AUTO_TEST_CASE(an_absolute_path_is_itself) {
  BOOST_TEST(resolved_path("/etc/app", "/run//secrets/./tls/") == "/run/secrets/tls");
  BOOST_TEST(resolved_path("/etc/app", "/run/a/../b/../../c") == "/c");
  BOOST_TEST(resolved_path("/etc/app", "/../../x") == "/x");
  BOOST_TEST(resolved_path("/etc/app", "/") == "/");
  BOOST_TEST(resolved_path("/etc/app", "/..") == "/");
  BOOST_TEST(resolved_path("/etc/app", "/...") == "/...");
}

BOOST_AUTO_TEST_CASE(from_a_relative_folder_it_stays_relative) {
  BOOST_TEST(resolved_path(".", "secrets") == "secrets");
  BOOST_TEST(resolved_path("a/b", "../../../c") == "../c");
  BOOST_TEST(resolved_path(".", ".") == ".");
}

BOOST_AUTO_TEST_CASE(the_folder_of_a_file) {
  BOOST_TEST(folder_of("/etc/app/agent.yaml") == "/etc/app");
  BOOST_TEST(folder_of("/agent.yaml") == "/");
  BOOST_TEST(folder_of("agent.yaml") == ".");
  BOOST_TEST(folder_of("a/agent.yaml") == "a");
}

BOOST_AUTO_TEST_SUITE_END()
