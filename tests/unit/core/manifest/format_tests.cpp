#include "core/manifest/format.hpp"

#include <boost/test/unit_test.hpp>

#include "texts.hpp"

using namespace blindfold::manifest;
using blindfold::manifest::tests::repeated;

namespace {

void accepts(Format format, std::initializer_list<std::string> values) {
  for (const std::string& value : values) {
    BOOST_TEST(matches(format, {}, value), to_string(format) << " refuses " << value);
  }
}

void refuses(Format format, std::initializer_list<std::string> values) {
  for (const std::string& value : values) {
    BOOST_TEST(!matches(format, {}, value), to_string(format) << " accepts " << value);
  }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(format_tests)

BOOST_AUTO_TEST_CASE(text) {
  accepts(Format::text, {"", "a", "zwölf", repeated("x", 4096)});
  refuses(Format::text, {"a\nb", "\x1b[2J", "a\x7f", "\u0085", "\xff", repeated("x", 4097)});
}

BOOST_AUTO_TEST_CASE(hostname) {
  accepts(Format::hostname, {"a", "www.example.com", "A-1.b", "1.2.3.4", repeated("a", 63)});
  refuses(Format::hostname, {"", ".", "a.", ".a", "a..b", "-a", "a-", "a_b", "a b", "é",
                             repeated("a", 64), repeated("a.", 127)});
}

BOOST_AUTO_TEST_CASE(url) {
  accepts(Format::url, {"https://a", "http://a.internal:8080/x?y#z", "https://[::1]:1/"});
  refuses(Format::url,
          {"", "a", "ftp://a/", "https://", "https://u:p@a/", "https://a:0/", "https://a:65536/",
           "https://a:/", "https://a:x/", "https://[::1/", "https://[x]/", "https://a b/",
           "https://é/", "javascript:alert(1)", "https://a\\b/"});
}

BOOST_AUTO_TEST_CASE(email) {
  accepts(Format::email, {"a@b", "a.b+c@example.com"});
  refuses(Format::email, {"", "a", "@b", "a@", "a@b@c", "a b@c", repeated("a", 65) + "@b"});
}

BOOST_AUTO_TEST_CASE(numbers) {
  accepts(Format::port, {"1", "65535"});
  refuses(Format::port, {"", "0", "65536", "-1", "080", "+80", " 80", "80 ", "0x50", "8e1"});
  accepts(Format::integer, {"0", "-1", "9223372036854775807", "-9223372036854775808"});
  refuses(Format::integer, {"", "-", "00", "-0", "01", "9223372036854775808", "1.0", "1_000"});
}

BOOST_AUTO_TEST_CASE(choice) {
  const std::vector<std::string> choices{"on", "off"};
  BOOST_TEST(matches(Format::choice, choices, "on"));
  BOOST_TEST(!matches(Format::choice, choices, "On"));
  BOOST_TEST(!matches(Format::choice, choices, ""));
}

BOOST_AUTO_TEST_SUITE_END()
