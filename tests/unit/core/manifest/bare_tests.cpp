#include "core/manifest/bare.hpp"

#include <boost/test/unit_test.hpp>

#include "core/manifest/yaml.hpp"

using blindfold::manifest::other_type_of;
using blindfold::manifest::parse;
using blindfold::manifest::write_scalar;

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

BOOST_AUTO_TEST_CASE(what_is_written_is_bare_where_it_may_be) {
  for (const char* const text : {"db", "tls.crt", ".dockerconfigjson", "two words", "a/b_c-d",
                                 "1.2.3", "_x", "kubernetes.io/tls"}) {
    BOOST_TEST(write_scalar(text) == text);
  }
  for (const char* const text : {"", "yes", "null", "Null", "1e3", "-a", "a ", " a", "a: b", "a #b",
                                 "...", "---", "~", "é"}) {
    BOOST_TEST(write_scalar(text) == "\"" + std::string(text) + "\"");
  }
  BOOST_TEST(write_scalar("a\"b\\c\n") == R"("a\"b\\c\x0a")");
}

BOOST_AUTO_TEST_CASE(what_is_written_is_read_as_it_was) {
  for (int byte = 1; byte < 128; ++byte) {
    for (const std::string& text :
         {std::string(1, static_cast<char>(byte)), std::string("a") + static_cast<char>(byte),
          static_cast<char>(byte) + std::string(" b")}) {
      const auto document = parse({"/f", "[" + write_scalar(text) + "]", {}});
      BOOST_REQUIRE(document.has_value());
      BOOST_TEST(document->root().item(0).text() == text);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
