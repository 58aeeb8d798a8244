#include "platform/base/duration.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using blindfold::base::format_duration;
using blindfold::base::parse_duration;

BOOST_AUTO_TEST_SUITE(duration_tests)

BOOST_AUTO_TEST_CASE(reads_each_unit) {
  BOOST_TEST((parse_duration("250ms") == 250ms));
  BOOST_TEST((parse_duration("30s") == 30s));
  BOOST_TEST((parse_duration("5m") == 5min));
  BOOST_TEST((parse_duration("12h") == 12h));
  BOOST_TEST((parse_duration("90d") == 90 * 24h));
  BOOST_TEST((parse_duration("0s") == 0s));
}

BOOST_AUTO_TEST_CASE(refuses_everything_else) {
  for (const char* const text :
       {"", "5", "s", "-5s", "+5s", " 5s", "5 s", "5s ", "1h30m", "5S", "1.5s", "0x5s",
        "99999999999999999999s", "3654d", "9223372036854775807d"}) {
    BOOST_TEST(!parse_duration(text).has_value(), "accepted: " << text);
  }
}

BOOST_AUTO_TEST_CASE(formats_in_the_largest_unit_that_divides) {
  BOOST_TEST(format_duration(90s) == "90s");
  BOOST_TEST(format_duration(120s) == "2m");
  BOOST_TEST(format_duration(24h) == "1d");
  BOOST_TEST(format_duration(1500ms) == "1500ms");
  BOOST_TEST(format_duration(0ms) == "0s");
}

BOOST_AUTO_TEST_SUITE_END()
