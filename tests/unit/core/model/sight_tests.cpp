#include "core/model/sight.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::model::RequiredSight;
using blindfold::model::satisfies;
using blindfold::model::SightLevel;

BOOST_AUTO_TEST_SUITE(sight_tests)

BOOST_AUTO_TEST_CASE(enforced_takes_another_party) {
  for (const SightLevel level : {SightLevel::kernel, SightLevel::api_server, SightLevel::iam}) {
    BOOST_TEST(satisfies(level, RequiredSight::enforced));
  }
  for (const SightLevel level :
       {SightLevel::self, SightLevel::wire, SightLevel::none, SightLevel::unknown}) {
    BOOST_TEST(!satisfies(level, RequiredSight::enforced));
  }
}

BOOST_AUTO_TEST_CASE(self_is_stricter_than_wire) {
  BOOST_TEST(satisfies(SightLevel::self, RequiredSight::self));
  BOOST_TEST(satisfies(SightLevel::self, RequiredSight::wire));
  BOOST_TEST(!satisfies(SightLevel::wire, RequiredSight::self));
}

BOOST_AUTO_TEST_CASE(what_is_not_determined_satisfies_nothing) {
  BOOST_TEST(!satisfies(SightLevel::unknown, RequiredSight::wire));
  BOOST_TEST(!satisfies(SightLevel::none, RequiredSight::wire));
  BOOST_TEST(satisfies(SightLevel::none, RequiredSight::none));
}

BOOST_AUTO_TEST_CASE(levels_have_words_and_worst_comes_first) {
  BOOST_TEST(to_string(SightLevel::kernel) == "kernel");
  BOOST_TEST(to_string(SightLevel::api_server) == "api-server");
  BOOST_TEST(to_string(SightLevel::iam) == "iam");
  BOOST_TEST(to_string(SightLevel::self) == "self");
  BOOST_TEST(to_string(SightLevel::wire) == "wire");
  BOOST_TEST(to_string(SightLevel::none) == "none");
  BOOST_TEST(to_string(SightLevel::unknown) == "unknown");
  BOOST_CHECK(SightLevel::none < SightLevel::wire && SightLevel::wire < SightLevel::self);
  BOOST_CHECK(SightLevel::self < SightLevel::iam && SightLevel::unknown < SightLevel::none);
}

BOOST_AUTO_TEST_CASE(what_is_asked_for_has_words) {
  BOOST_TEST(to_string(RequiredSight::enforced) == "enforced");
  BOOST_TEST(to_string(RequiredSight::self) == "self");
  BOOST_TEST(to_string(RequiredSight::wire) == "wire");
  BOOST_TEST(to_string(RequiredSight::none) == "none");
}

BOOST_AUTO_TEST_SUITE_END()
