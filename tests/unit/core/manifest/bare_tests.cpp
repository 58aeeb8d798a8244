#include "core/manifest/bare.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::manifest::other_type_of;

BOOST_AUTO_TEST_SUITE(bare_tests)

BOOST_AUTO_TEST_CASE(words_that_are_booleans) {
  for (const char* const text : {"true", "False", "on", "OFF", "Yes", "no", "y", "N"}) {
    BOOST_TEST(other_type_of(text) == "true or false", text);
  }
}

BOOST_AUTO_TEST_CASE(numbers_of_both_schemas) {
  for (const char* const text :
       {"0",   "12",  "-3",   "+7",       "010",  "1_000", "0x1F", "0o17",  "0b11",  "1.",    ".5",
        "1.5", "1e3", "1E-7", "-1.5e+10", ".inf", "-.Inf", ".nan", "12:30", "1:2:3", "1:30.5"}) {
    BOOST_TEST(other_type_of(text) == "a number", text);
  }
}

BOOST_AUTO_TEST_CASE(dates) {
  for (const char* const text :
       {"2026-11-23", "2026-1-2", "2026-11-23T12:00:00Z", "2026-11-23 12:00:00"}) {
    BOOST_TEST(other_type_of(text) == "a date", text);
  }
}

BOOST_AUTO_TEST_CASE(what_is_text_everywhere) {
  for (const char* const text :
       {"",          "-",           "+",           ".",    "..",       "1.2.3",
        "127.0.0.1", "::1",         "30s",         "1/1m", "-a",       "0x",
        "e3",        "1e",          "1e+",         "oN",   "yEs",      "nope",
        "12-30",     "_1",          "1:",          ":1",   "1:234",    "202-11-23",
        "2026-11",   "2026-11-234", "2026-11-23x", "0xg",  "infinity", "tls.crt"}) {
    BOOST_TEST(other_type_of(text) == "", text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
