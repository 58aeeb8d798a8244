#include "platform/http/header_list.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "unit/platform/http/record.hpp"

using blindfold::base::ErrorKind;
using blindfold::http::bearer;
using blindfold::http::HeaderList;
using blindfold::http::test::secret_of;

namespace {

std::vector<std::string> lines_of(HeaderList& list) {
  std::vector<std::string> lines;
  for (const curl_slist* node = list.first(); node != nullptr; node = node->next) {
    lines.emplace_back(node->data);
  }
  return lines;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(header_list_tests)

BOOST_AUTO_TEST_CASE(none_is_no_list) {
  HeaderList list;
  BOOST_TEST(list.first() == nullptr);
}

BOOST_AUTO_TEST_CASE(lines_stand_in_the_order_they_were_added) {
  HeaderList list;
  list.add("Expect:");
  BOOST_TEST(list.add("Accept", "a/b;c=\"d\"").has_value());
  BOOST_TEST(list.add("X-Empty", "").has_value());
  BOOST_TEST(list.add(bearer(secret_of("abc.DEF-123_~+/="))).has_value());
  for (int i = 0; i < 100; ++i) {
    BOOST_TEST(list.add("X-" + std::to_string(i), std::to_string(i)).has_value());
  }
  const std::vector<std::string> lines = lines_of(list);
  BOOST_TEST(lines.size() == 104U);
  BOOST_TEST(lines.at(0) == "Expect:");
  BOOST_TEST(lines.at(1) == "Accept: a/b;c=\"d\"");
  BOOST_TEST(lines.at(2) == "X-Empty;");
  BOOST_TEST(lines.at(3) == "Authorization: Bearer abc.DEF-123_~+/=");
  BOOST_TEST(lines.at(103) == "X-99: 99");
}

BOOST_AUTO_TEST_CASE(what_would_be_two_lines_is_none) {
  HeaderList list;
  for (const char* const value : {"a\nb", "a\r", "a\x01", "a\x7f"}) {
    const auto added = list.add("X", value);
    BOOST_REQUIRE(!added.has_value());
    BOOST_TEST((added.error().kind == ErrorKind::internal));
  }
  BOOST_TEST(!list.add("X", std::string_view("a\0b", 3)).has_value());
  for (const char* const name : {"", "a b", "a:", "a\n", "\xc3\xa4", "a(b)"}) {
    BOOST_TEST(!list.add(name, "x").has_value(), name);
  }
  BOOST_TEST(list.first() == nullptr);
}

BOOST_AUTO_TEST_CASE(a_token_that_cannot_be_sent_is_not_in_the_error) {
  HeaderList list;
  for (const char* const token : {"tok en", "tok\nen", "tok\r\nX: en", "tok\x7f", "tok\xc3\xa4"}) {
    const auto added = list.add(bearer(secret_of(token)));
    BOOST_REQUIRE(!added.has_value());
    BOOST_TEST((added.error().kind == ErrorKind::configuration));
    BOOST_TEST(!added.error().what.contains("tok\n"));
    BOOST_TEST(!added.error().what.contains(token));
    BOOST_TEST(!added.error().hint.contains(token));
  }
  BOOST_TEST(list.first() == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
