#include "detect/files/near_miss.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::detect::near_miss;

BOOST_AUTO_TEST_SUITE(near_miss_tests)

BOOST_AUTO_TEST_CASE(case_separator_ending_and_slips_are_near) {
  BOOST_TEST(near_miss("password", {"Password"}) == "Password");
  BOOST_TEST(near_miss("db-password", {"db_password"}) == "db_password");
  BOOST_TEST(near_miss("password", {"password.txt"}) == "password.txt");
  BOOST_TEST(near_miss("password.txt", {"password"}) == "password");
  BOOST_TEST(near_miss("tls.crt", {"tls.pem"}) == "tls.pem");
  BOOST_TEST(near_miss("password", {"pasword"}) == "pasword");
}

BOOST_AUTO_TEST_CASE(the_nearest_wins) {
  BOOST_TEST(near_miss("password", {"passwerd.txt", "passwords", "PASSWORD"}) == "PASSWORD");
}

BOOST_AUTO_TEST_CASE(others_are_not_near) {
  BOOST_TEST(near_miss("password", {}).empty());
  BOOST_TEST(near_miss("password", {"username", "key", ""}).empty());
  BOOST_TEST(near_miss("a", {"b"}).empty());
  BOOST_TEST(near_miss(std::string(200, 'x'), {std::string(199, 'x')}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
