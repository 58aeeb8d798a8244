#include "platform/base/printable.hpp"

#include <rapidcheck.h>

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "platform/base/utf8.hpp"

using namespace std::string_view_literals;
using blindfold::base::append_printable;
using blindfold::base::first_invalid_utf8;
using blindfold::base::printable;

BOOST_AUTO_TEST_SUITE(printable_tests)

BOOST_AUTO_TEST_CASE(leaves_what_a_person_reads_as_it_is) {
  for (const std::string_view text :
       {""sv, "database"sv, "tls.key \"quoted\" ~`$\\"sv, "Schl\xc3\xbcssel"sv,
        "\xe5\xaf\x86\xe7\xa0\x81"sv, "\xf0\x9f\x94\x91"sv, "\xd7\xa9\xd7\x9c"sv}) {
    BOOST_TEST(printable(text) == text);
  }
}

BOOST_AUTO_TEST_CASE(escapes_control_characters) {
  BOOST_TEST(printable("a\nb\rc\td"sv) == R"(a\x0ab\x0dc\x09d)");
  BOOST_TEST(printable("\0\x1b[2J\x7f"sv) == R"(\x00\x1b[2J\x7f)");
  BOOST_TEST(printable("\xc2\x9b\x32J\xc2\x85") == R"(\u{9b}2J\u{85})");
}

BOOST_AUTO_TEST_CASE(escapes_what_reorders_or_hides) {
  BOOST_TEST(printable("a\xe2\x80\xae"
                       "b") == R"(a\u{202e}b)");
  BOOST_TEST(printable("\xe2\x81\xa6\xe2\x81\xa9\xe2\x80\x8e\xe2\x80\x8f\xd8\x9c") ==
             R"(\u{2066}\u{2069}\u{200e}\u{200f}\u{61c})");
  BOOST_TEST(printable("\xe2\x80\x8b\xe2\x80\x8d\xef\xbb\xbf\xc2\xad") ==
             R"(\u{200b}\u{200d}\u{feff}\u{ad})");
  BOOST_TEST(printable("\xe2\x80\xa8\xe2\x80\xa9") == R"(\u{2028}\u{2029})");
  BOOST_TEST(printable("\xf3\xa0\x81\xa1") == R"(\u{e0061})");
}

BOOST_AUTO_TEST_CASE(escapes_bytes_that_are_not_utf8) {
  BOOST_TEST(printable("a\xff\xc3") == R"(a\xff\xc3)");
  BOOST_TEST(printable("\xc0\x8a") == R"(\xc0\x8a)");
}

BOOST_AUTO_TEST_CASE(appends) {
  std::string out = "name: ";
  append_printable(out, "a\nb");
  BOOST_TEST(out == R"(name: a\x0ab)");
}

BOOST_AUTO_TEST_CASE(no_bytes_at_all_reach_a_terminal_that_it_obeys) {
  BOOST_TEST(rc::check("printable text is UTF-8 without controls, and stays as it is",
                       [](const std::string& bytes) {
                         const std::string text = printable(bytes);
                         RC_ASSERT(!first_invalid_utf8(text).has_value());
                         for (const char c : text) {
                           RC_ASSERT(static_cast<unsigned char>(c) >= 0x20U && c != 0x7f);
                         }
                         RC_ASSERT(printable(text) == text);
                       }));
}

BOOST_AUTO_TEST_SUITE_END()
