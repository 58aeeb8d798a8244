#include "detect/polling/near_name.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>

namespace {

using namespace blindfold::detect;

bool derives(std::string_view name, const std::string& other) {
  const auto names = near_names(name);
  return std::ranges::find(names, other) != names.end();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(near_name_tests)

BOOST_AUTO_TEST_CASE(names_that_are_taken_for_one_another_have_one_plain_name) {
  for (const char* const name : {"db", "DB", "db-secret", "db-secrets", "dbs", "d.b", "d_b",
                                 "db-credentials", "db.creds", "dbSecret"}) {
    BOOST_TEST(plain_name(name) == "db");
  }
}

BOOST_AUTO_TEST_CASE(other_names_have_another) {
  for (const char* const name : {"dbx", "bd", "db2", "data", "secret-db"}) {
    BOOST_TEST(plain_name(name) != "db");
  }
  BOOST_TEST(plain_name("secret") == "secret");
  BOOST_TEST(plain_name("s") == "s");
  BOOST_TEST(plain_name("") == "");
}

BOOST_AUTO_TEST_CASE(what_somebody_may_have_called_it_is_derived) {
  BOOST_TEST(derives("db", "db-secret"));
  BOOST_TEST(derives("db", "db-credentials"));
  BOOST_TEST(derives("db", "dbs"));
  BOOST_TEST(derives("dbs", "db"));
  BOOST_TEST(derives("db-secret", "db"));
  BOOST_TEST(derives("app.db", "app-db"));
  BOOST_TEST(derives("app-db", "appdb"));
}

// RFC 1123: what the API server would refuse by itself must not be asked.
BOOST_AUTO_TEST_CASE(a_few_valid_names_are_derived_and_never_the_name_itself) {
  BOOST_TEST(rc::check([] {
    const auto name = *rc::gen::nonEmpty(
        rc::gen::container<std::string>(rc::gen::element('a', 'b', 's', 'z', '0', '9', '-', '.')));
    const bool valid = std::isalnum(static_cast<unsigned char>(name.front())) != 0 &&
                       std::isalnum(static_cast<unsigned char>(name.back())) != 0 &&
                       !name.contains("..") && !name.contains(".-") && !name.contains("-.");
    RC_PRE(valid);
    const auto names = near_names(name);
    RC_ASSERT(names.size() <= 8U);
    for (const std::string& each : names) {
      RC_ASSERT(each != name);
      RC_ASSERT(std::ranges::count(names, each) == 1);
      RC_ASSERT(each.size() <= 253U);
      RC_ASSERT(std::isalnum(static_cast<unsigned char>(each.front())) != 0);
      RC_ASSERT(std::isalnum(static_cast<unsigned char>(each.back())) != 0);
      RC_ASSERT(!each.contains("..") && !each.contains(".-") && !each.contains("-."));
    }
  }));
}

BOOST_AUTO_TEST_CASE(the_longest_name_is_not_made_longer) {
  for (const std::string& each : near_names(std::string(253, 'a'))) {
    BOOST_TEST(each.size() <= 253);
  }
}

BOOST_AUTO_TEST_SUITE_END()
