#include "core/model/rotation_event.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::model::EventKind;

BOOST_AUTO_TEST_SUITE(rotation_event_tests)

BOOST_AUTO_TEST_CASE(kinds_have_words) {
  BOOST_TEST(to_string(EventKind::appeared) == "appeared");
  BOOST_TEST(to_string(EventKind::rotated) == "rotated");
  BOOST_TEST(to_string(EventKind::disappeared) == "disappeared");
}

BOOST_AUTO_TEST_SUITE_END()
