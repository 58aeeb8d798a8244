#include "core/model/observation.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::model::Observation;
using blindfold::model::Presence;
using blindfold::model::Version;

BOOST_AUTO_TEST_SUITE(observation_tests)

BOOST_AUTO_TEST_CASE(an_empty_version_is_not_known) {
  BOOST_TEST(!Version{}.known());
  BOOST_TEST(Version{"1"}.known());
  BOOST_CHECK(Version{"1"} == Version{"1"});
  BOOST_CHECK(Version{"1"} != Version{"2"});
}

BOOST_AUTO_TEST_CASE(nothing_observed_is_unknown) {
  BOOST_CHECK(Observation{}.presence == Presence::unknown);
}

BOOST_AUTO_TEST_SUITE_END()
