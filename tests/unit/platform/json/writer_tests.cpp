#include "platform/json/writer.hpp"

#include <rapidcheck.h>

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <limits>
#include <string>
#include <string_view>

using namespace std::string_view_literals;
using blindfold::json::Writer;

namespace {

// What an independent parser, which checks UTF-8 too, makes of one string.
std::string read_back(std::string_view text) {
  std::string document;
  Writer(document).begin_array().string(text).end_array();
  return std::string(boost::json::parse(document).at(0).as_string());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(writer_tests)

BOOST_AUTO_TEST_CASE(writes_compact_documents) {
  std::string out;
  Writer(out)
      .begin_object()
      .member("schema", "blindfold.status/1")
      .key("summary")
      .begin_object()
      .member("required", 3)
      .member("ready", false)
      .end_object()
      .key("requirements")
      .begin_array()
      .begin_object()
      .end_object()
      .begin_array()
      .end_array()
      .null()
      .boolean(true)
      .string("x")
      .number(-1)
      .raw(R"({"a":1})")
      .end_array()
      .key("rotated_at")
      .null()
      .end_object();
  BOOST_TEST(out == R"({"schema":"blindfold.status/1","summary":{"required":3,"ready":false},)"
                    R"("requirements":[{},[],null,true,"x",-1,{"a":1}],"rotated_at":null})");
  BOOST_TEST(boost::json::parse(out).is_object());
}

BOOST_AUTO_TEST_CASE(appends_to_what_is_there) {
  std::string out = "data: ";
  Writer(out).begin_object().end_object();
  BOOST_TEST(out == "data: {}");
}

BOOST_AUTO_TEST_CASE(members_take_each_type_as_it_is) {
  std::string out;
  Writer(out)
      .begin_object()
      .member("literal", "text")
      .member("view", "text"sv)
      .member("string", std::string("text"))
      .member("bool", true)
      .member("small", std::uint8_t{7})
      .end_object();
  BOOST_TEST(out == R"({"literal":"text","view":"text","string":"text","bool":true,"small":7})");
}

BOOST_AUTO_TEST_CASE(numbers_keep_every_digit) {
  using Limits = std::numeric_limits<std::int64_t>;
  std::string out;
  Writer(out).begin_array().number(Limits::min()).number(Limits::max()).number(0).end_array();
  const auto read = boost::json::parse(out);
  BOOST_TEST(read.at(0).as_int64() == Limits::min());
  BOOST_TEST(read.at(1).as_int64() == Limits::max());
  BOOST_TEST(read.at(2).as_int64() == 0);
}

BOOST_AUTO_TEST_CASE(every_ascii_character_comes_back) {
  for (int value = 0; value < 0x80; ++value) {
    const std::string text(1, static_cast<char>(value));
    BOOST_TEST(read_back(text) == text);
  }
}

BOOST_AUTO_TEST_CASE(keys_are_escaped_like_strings) {
  std::string out;
  Writer(out).begin_object().member("a\"\n", 1).end_object();
  BOOST_TEST(boost::json::parse(out).at("a\"\n").as_int64() == 1);
}

BOOST_AUTO_TEST_CASE(one_line_whatever_it_holds) {
  std::string out;
  Writer(out).begin_array().string("a\nb\rc\x7f\x1b").end_array();
  BOOST_TEST(out == R"(["a\nb\u000dc\u007f\u001b"])");
}

BOOST_AUTO_TEST_CASE(what_hides_or_reorders_text_is_escaped_and_comes_back) {
  const std::string text = "a\u202e\u200b\u2028\u0085\U000e0041b";
  std::string out;
  Writer(out).string(text);
  BOOST_TEST(out == R"("a\u202e\u200b\u2028\u0085\udb40\udc41b")");
  BOOST_TEST(read_back(text) == text);
}

BOOST_AUTO_TEST_CASE(bytes_that_are_not_utf8_become_replacements) {
  BOOST_TEST(read_back("a\xff\xfe") == "a\xef\xbf\xbd\xef\xbf\xbd");
  BOOST_TEST(read_back("\xe2\x82") == "\xef\xbf\xbd\xef\xbf\xbd");
  BOOST_TEST(read_back("\xed\xa0\x80") == "\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd");
  BOOST_TEST(read_back("\xe2\x82\xac\xf0\x9f\x94\x91") == "\xe2\x82\xac\xf0\x9f\x94\x91");
}

BOOST_AUTO_TEST_CASE(any_bytes_make_a_valid_document) {
  BOOST_TEST(
      rc::check("any bytes parse, and what is UTF-8 comes back", [](const std::string& bytes) {
        const std::string once = read_back(bytes);
        RC_ASSERT(read_back(once) == once);
      }));
}

BOOST_AUTO_TEST_SUITE_END()
