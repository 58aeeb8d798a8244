#include "platform/base/utf8.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace std::string_view_literals;
using blindfold::base::first_code_point;
using blindfold::base::first_invalid_utf8;

namespace {

// RFC 3629 section 3, row by row.
std::string encoded(char32_t value) {
  const auto byte = [](char32_t bits) {
    return static_cast<char>(static_cast<unsigned char>(bits));
  };
  if (value < 0x80) {
    return {byte(value)};
  }
  if (value < 0x800) {
    return {byte(0xc0 | value >> 6U), byte(0x80 | (value & 0x3f))};
  }
  if (value < 0x10000) {
    return {byte(0xe0 | value >> 12U), byte(0x80 | (value >> 6U & 0x3f)),
            byte(0x80 | (value & 0x3f))};
  }
  return {byte(0xf0 | value >> 18U), byte(0x80 | (value >> 12U & 0x3f)),
          byte(0x80 | (value >> 6U & 0x3f)), byte(0x80 | (value & 0x3f))};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(utf8_tests)

BOOST_AUTO_TEST_CASE(reads_every_code_point_and_no_surrogate) {
  for (char32_t value = 0; value <= 0x10ffff; ++value) {
    const std::string text = encoded(value);
    const auto point = first_code_point(text + "x");
    const bool surrogate = value >= 0xd800 && value <= 0xdfff;
    if (point.has_value() == surrogate ||
        (point && (point->value != value || point->bytes != text.size()))) {
      BOOST_ERROR("wrong at code point " << static_cast<std::uint32_t>(value));
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_what_is_cut_short) {
  for (const char32_t value : {U'\u00e9', U'\u20ac', U'\U0001f600'}) {
    const std::string whole = encoded(value);
    for (std::size_t length = 1; length < whole.size(); ++length) {
      // The rest stands behind the end.
      BOOST_TEST(!first_code_point(std::string_view(whole).substr(0, length)).has_value());
      BOOST_TEST(!first_code_point(whole.substr(0, length) + "x").has_value());
      BOOST_TEST(!first_code_point(whole.substr(0, length) + "\xc3").has_value());
    }
  }
}

BOOST_AUTO_TEST_CASE(refuses_overlong_forms_and_what_is_no_lead) {
  for (const std::string_view text :
       {"\xc0\x80"sv, "\xc1\xbf"sv, "\xe0\x80\x80"sv, "\xe0\x9f\xbf"sv, "\xf0\x80\x80\x80"sv,
        "\xf0\x8f\xbf\xbf"sv, "\xf4\x90\x80\x80"sv, "\xf5\x80\x80\x80"sv, "\x80"sv, "\xbf"sv,
        "\xfe"sv, "\xff"sv, ""sv}) {
    BOOST_TEST(!first_code_point(text).has_value());
  }
}

BOOST_AUTO_TEST_CASE(finds_the_first_byte_that_is_wrong) {
  BOOST_TEST(!first_invalid_utf8("").has_value());
  BOOST_TEST(!first_invalid_utf8("gr\xc3\xbc\xc3\x9f \xe2\x82\xac\0\x7f"sv).has_value());
  BOOST_TEST((first_invalid_utf8("\xff") == 0U));
  BOOST_TEST((first_invalid_utf8("ab\xc3\xbc\xc3") == 4U));
  BOOST_TEST((first_invalid_utf8("a\0\xed\xa0\x80"sv) == 2U));
}

BOOST_AUTO_TEST_SUITE_END()
