#include "platform/log/line.hpp"

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <cstddef>

#include "platform/base/utf8.hpp"
#include "platform/log/line_writer.hpp"

using blindfold::base::first_invalid_utf8;
using blindfold::log::Format;
using blindfold::log::Level;
using blindfold::log::line_of;
using blindfold::log::longest_line;

namespace {

std::string line(std::string_view message, Format format) {
  return line_of({.at = {},
                  .level = Level::info,
                  .component = "x",
                  .message = message,
                  .document = R"({"sequence":41})"},
                 format);
}

/// More than a line holds of characters of every size, shown as they are and not.
std::string long_message(std::size_t offset) {
  std::string message(offset, 'm');
  while (message.size() < 2 * longest_line) {
    message += "\xc3\xa9\xff\x01\xe2\x80\xae\"\xf0\x9f\x94\x91";
  }
  return message;
}

bool ends_in_a_whole_character(std::string_view shown) {
  for (const std::string_view end : {"é", "\\xff", "\\x01", "\\u{202e}", "\"", "🔑"}) {
    if (shown.ends_with(end)) {
      return true;
    }
  }
  return false;
}

constexpr std::size_t offsets = 40;  // so that the cut falls on each byte of what repeats

}  // namespace

BOOST_AUTO_TEST_SUITE(line_tests)

BOOST_AUTO_TEST_CASE(a_long_text_is_cut_between_two_characters) {
  for (std::size_t offset = 0; offset < offsets; ++offset) {
    const std::string text = line(long_message(offset), Format::text);
    BOOST_TEST(text.size() <= longest_line);
    BOOST_TEST(text.size() > longest_line - 10);
    BOOST_TEST(text.find('\n') == text.size() - 1);
    BOOST_TEST(!first_invalid_utf8(text).has_value());
    BOOST_REQUIRE(text.ends_with("…\n"));
    BOOST_TEST(ends_in_a_whole_character(std::string_view(text).substr(0, text.size() - 4)));
  }
}

BOOST_AUTO_TEST_CASE(a_long_document_stays_one) {
  for (std::size_t offset = 0; offset < offsets; ++offset) {
    const std::string text = line(long_message(offset), Format::json);
    BOOST_TEST(text.size() <= longest_line);
    BOOST_TEST(text.size() > longest_line - 10);
    BOOST_TEST(text.find('\n') == text.size() - 1);
    const auto object = boost::json::parse(text);
    BOOST_TEST(object.at("message").as_string().ends_with("…"));
    BOOST_TEST(object.at("event").at("sequence").as_int64() == 41);
  }
}

BOOST_AUTO_TEST_CASE(what_just_fits_is_whole) {
  for (const Format format : {Format::text, Format::json}) {
    const std::size_t taken = line("", format).size();
    const std::string fits(longest_line - taken, 'm');
    const std::string whole = line(fits, format);
    BOOST_TEST(whole.size() == longest_line);
    BOOST_TEST(whole.find("…") == std::string::npos);
    const std::string cut = line(fits + "m", format);
    BOOST_TEST(cut.size() == longest_line);
    BOOST_TEST(cut.find("mm…") != std::string::npos);
  }
}

BOOST_AUTO_TEST_SUITE_END()
