#include "platform/base/timestamp.hpp"

#include <boost/test/unit_test.hpp>

using namespace std::chrono_literals;
using blindfold::base::format_timestamp;
using blindfold::base::SystemTime;
using blindfold::base::TimestampPrecision;

namespace {

std::string to_seconds(SystemTime::duration since_epoch) {
  return format_timestamp(SystemTime(since_epoch), TimestampPrecision::seconds);
}

std::string to_microseconds(SystemTime::duration since_epoch) {
  return format_timestamp(SystemTime(since_epoch), TimestampPrecision::microseconds);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(timestamp_tests)

// The expected texts are those of date(1): date -u -d @SECONDS +%FT%TZ.
BOOST_AUTO_TEST_CASE(is_rfc_3339_in_utc) {
  BOOST_TEST(to_seconds(0s) == "1970-01-01T00:00:00Z");
  BOOST_TEST(to_seconds(1'795'435'200s) == "2026-11-23T12:00:00Z");
  BOOST_TEST(to_seconds(951'827'696s) == "2000-02-29T12:34:56Z");
  BOOST_TEST(to_seconds(4'107'542'399s) == "2100-02-28T23:59:59Z");
  BOOST_TEST(to_seconds(4'107'542'400s) == "2100-03-01T00:00:00Z");
  BOOST_TEST(to_seconds(253'402'300'799s) == "9999-12-31T23:59:59Z");
  BOOST_TEST(to_seconds(-1s) == "1969-12-31T23:59:59Z");
}

BOOST_AUTO_TEST_CASE(gives_six_digits_of_a_second) {
  BOOST_TEST(to_microseconds(1'795'435'200s + 123'456us) == "2026-11-23T12:00:00.123456Z");
  BOOST_TEST(to_microseconds(1us) == "1970-01-01T00:00:00.000001Z");
  BOOST_TEST(to_microseconds(0us) == "1970-01-01T00:00:00.000000Z");
  BOOST_TEST(to_microseconds(-1us) == "1969-12-31T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(rounds_down_to_seconds) {
  BOOST_TEST(to_seconds(59s + 999'999us) == "1970-01-01T00:00:59Z");
}

BOOST_AUTO_TEST_SUITE_END()
