#include "platform/base/nearest.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>

using blindfold::base::nearest;

namespace {

constexpr std::array<std::string_view, 5> keys{"requirements", "settings", "groups", "vendor",
                                               "id"};

std::string near(std::string_view name) {
  return std::string(nearest(name, keys).value_or("-"));
}

std::string near(std::string_view name, std::string_view candidate) {
  const std::array candidates{candidate};
  return std::string(nearest(name, candidates).value_or("-"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(nearest_tests)

BOOST_AUTO_TEST_CASE(finds_one_or_two_edits) {
  BOOST_TEST(near("setings") == "settings");
  BOOST_TEST(near("settingss") == "settings");
  BOOST_TEST(near("seddings") == "settings");
  BOOST_TEST(near("gruops") == "groups");
  BOOST_TEST(near("requirement") == "requirements");
  BOOST_TEST(near("rekwirements") == "requirements");
  BOOST_TEST(near("rquirments") == "requirements");
}

BOOST_AUTO_TEST_CASE(nothing_where_nothing_is_near) {
  BOOST_TEST(near("reactions") == "-");
  BOOST_TEST(near("") == "-");
  BOOST_TEST(near("rquirmets") == "-");
  BOOST_TEST(!nearest("settings", {}).has_value());
}

BOOST_AUTO_TEST_CASE(no_more_than_a_third_of_the_name) {
  BOOST_TEST(near("ix") == "-");
  BOOST_TEST(near("kay", "key") == "key");
  BOOST_TEST(near("kaz", "key") == "-");
  BOOST_TEST(near("vandar") == "vendor");
  BOOST_TEST(near("worda", "words") == "words");
  BOOST_TEST(near("wotds", "words") == "words");
  BOOST_TEST(near("wotdz", "words") == "-");
}

BOOST_AUTO_TEST_CASE(two_neighbours_that_changed_places_are_one_edit) {
  BOOST_TEST(near("kye", "key") == "key");
  BOOST_TEST(near("yek", "key") == "-");
}

BOOST_AUTO_TEST_CASE(case_and_separators_count_as_equal) {
  BOOST_TEST(near("ID") == "id");
  BOOST_TEST(near("TLS_KEY", "tls.key") == "tls.key");
  BOOST_TEST(near("tls-key", "Tls_Key") == "Tls_Key");
  BOOST_TEST(near("a.b.c.d", "a_b-c_d") == "a_b-c_d");
  BOOST_TEST(near("db") == "-");
}

BOOST_AUTO_TEST_CASE(the_nearest_wins_and_of_two_the_first) {
  constexpr std::array<std::string_view, 3> three{"password2x", "password2", "password3"};
  BOOST_TEST((nearest("password", three) == "password2"));
}

BOOST_AUTO_TEST_CASE(long_names_are_never_near) {
  const std::string longest(64, 'a');
  BOOST_TEST(near(longest, longest) == longest);
  BOOST_TEST(near(longest + "a", longest) == "-");
  BOOST_TEST(near(longest, longest + "a") == "-");
}

BOOST_AUTO_TEST_SUITE_END()
