#include "platform/json/parser.hpp"

#include <rapidcheck.h>

#include <algorithm>
#include <boost/json.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "transcript.hpp"

namespace json = blindfold::json;
using blindfold::base::ErrorKind;
using namespace std::string_literals;

namespace {

const std::vector<std::string> documents = {
    R"({})",
    R"([])",
    R"({"a":{"b":[1,-2,3.5,1e3,true,false,null,"x",[],{}]},"c":""})",
    R"([9223372036854775807,-9223372036854775808,9223372036854775808,0,-0,0.1e-3])",
    "\"a\\\"b\\\\c\\/d\\b\\f\\n\\r\\t\\u00e9\\u20ac\\ud83d\\udd11 "
    "\xc3\xa9\xe2\x82\xac\xf0\x9f\x94\x91\"",
    "{\"k\\u00e9y\\n\xe2\x82\xac\" : \"v\"}",
    "{\"type\":\"ADDED\",\"object\":{\"a\":1}}\n{\"type\":\"DELETED\"}\n",
    " \r\n\t 1 \"a\" null\n[2] ",
};

struct Outcome {
  std::string calls;
  std::string failure;  ///< empty: it was read to its end
  std::size_t documents = 0;

  friend bool operator==(const Outcome&, const Outcome&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Outcome& outcome) {
    return out << outcome.calls << "(" << outcome.failure << ")";
  }
};

/// The pieces one after the other, and that there are no more.
Outcome read(const std::vector<std::string_view>& pieces, json::Limits limits = {}) {
  json::Transcript transcript;
  json::Parser parser(transcript, limits);
  for (const auto piece : pieces) {
    if (const auto fed = parser.feed(piece); !fed) {
      return {transcript.text(), fed.error().what, parser.documents()};
    }
  }
  const auto finished = parser.finish();
  return {transcript.text(), finished ? "" : finished.error().what, parser.documents()};
}

Outcome read(const std::string& text, json::Limits limits = {}) {
  return read(std::vector<std::string_view>{text}, limits);
}

ErrorKind kind_of_failure(std::string_view text, json::Limits limits = {}) {
  json::Transcript transcript;
  json::Parser parser(transcript, limits);
  auto result = parser.feed(text);
  if (result) {
    result = parser.finish();
  }
  BOOST_REQUIRE(!result);
  return result.error().kind;
}

std::string nested(std::size_t depth) {
  return std::string(depth, '[') + std::string(depth, ']');
}

}  // namespace

BOOST_AUTO_TEST_SUITE(parser_tests)

BOOST_AUTO_TEST_CASE(tells_everything_in_its_order) {
  const auto outcome = read(R"({"a":[1,-2,0.5,true,null],"b":{"c":"d"}} "x")"s);
  BOOST_TEST(outcome.failure == "");
  BOOST_TEST(outcome.calls ==
             "{\nkey a\n[\nnumber 1\nnumber -2\nfraction 0.500000\ntrue\nnull\n]\n"
             "key b\n{\nkey c\nstring d\n}\n}\nend\nstring x\nend\n");
  BOOST_TEST(outcome.documents == 2);
}

BOOST_DATA_TEST_CASE(each_cut_gives_the_same_calls, documents, text) {
  const Outcome whole = read(text);
  BOOST_TEST(whole.failure == "");
  for (std::size_t first = 0; first <= text.size(); ++first) {
    for (std::size_t second = first; second <= text.size(); ++second) {
      const std::string_view view = text;
      const Outcome cut =
          read({view.substr(0, first), view.substr(first, second - first), view.substr(second)});
      BOOST_TEST(cut == whole);
    }
  }
}

BOOST_DATA_TEST_CASE(one_byte_at_a_time_gives_the_same_calls, documents, text) {
  std::vector<std::string_view> bytes;
  for (std::size_t at = 0; at < text.size(); ++at) {
    bytes.push_back(std::string_view(text).substr(at, 1));
  }
  BOOST_TEST(read(bytes) == read(text));
}

BOOST_AUTO_TEST_CASE(a_document_is_told_with_its_last_byte) {
  json::Transcript transcript;
  json::Parser parser(transcript);
  BOOST_TEST(parser.feed(R"({"a":1)").has_value());
  BOOST_TEST(parser.documents() == 0);
  BOOST_TEST(parser.feed("}").has_value());
  BOOST_TEST(parser.documents() == 1);
  BOOST_TEST(parser.feed("\n  ").has_value());
  BOOST_TEST(parser.finish().has_value());
  BOOST_TEST(parser.documents() == 1);
}

BOOST_AUTO_TEST_CASE(a_string_is_cut_between_characters) {
  struct Pieces final : json::Reader {
    std::vector<std::string> seen;
    bool begin_object() noexcept override { return true; }
    bool end_object() noexcept override { return true; }
    bool begin_array() noexcept override { return true; }
    bool end_array() noexcept override { return true; }
    bool key(std::string_view /*unused*/) noexcept override { return true; }
    bool string(std::string_view piece, bool /*unused*/) noexcept override {
      seen.emplace_back(piece);
      return true;
    }
    bool number(std::int64_t /*unused*/) noexcept override { return true; }
    bool fraction(double /*unused*/) noexcept override { return true; }
    bool boolean(bool /*unused*/) noexcept override { return true; }
    bool null() noexcept override { return true; }
    bool end_document() noexcept override { return true; }
  };
  const std::string text = "\"a\xe2\x82\xac\xf0\x9f\x94\x91\\ud83d\\udd11z\"";
  for (std::size_t at = 0; at < text.size(); ++at) {
    Pieces pieces;
    json::Parser parser(pieces);
    BOOST_TEST(parser.feed(std::string_view(text).substr(0, at)).has_value());
    BOOST_TEST(parser.feed(std::string_view(text).substr(at)).has_value());
    for (const auto& piece : pieces.seen) {
      BOOST_TEST((piece.empty() || (static_cast<unsigned char>(piece.front()) & 0xc0U) != 0x80));
    }
  }
}

BOOST_AUTO_TEST_CASE(generated_documents_are_read_as_a_tree_has_them) {
  BOOST_TEST(rc::check("a tree, written and read again in pieces", [] {
    const std::function<boost::json::value(int)> make = [&make](int depth) -> boost::json::value {
      const int kind = *rc::gen::inRange(0, depth > 3 ? 5 : 7);
      boost::json::array array;
      boost::json::object object;
      switch (kind) {
        case 0:
          return nullptr;
        case 1:
          return *rc::gen::arbitrary<bool>();
        case 2:
          return *rc::gen::arbitrary<std::int64_t>();
        case 3:
          return *rc::gen::arbitrary<std::uint64_t>();
        case 4: {
          // Only what is UTF-8: ASCII, and characters of two to four bytes.
          std::string text;
          for (const char32_t unit : *rc::gen::container<std::vector<std::uint16_t>>(
                   rc::gen::arbitrary<std::uint16_t>())) {
            text += unit % 3 == 0 ? "\xf0\x9f\x94\x91" : unit % 3 == 1 ? "\xc3\xa9" : "";
            text += static_cast<char>(unit % 0x80);
          }
          return boost::json::value(text);
        }
        case 5:
          for (int left = *rc::gen::inRange(0, 5); left > 0; --left) {
            array.push_back(make(depth + 1));
          }
          return array;
        default:
          for (int left = *rc::gen::inRange(0, 5); left > 0; --left) {
            object[*rc::gen::container<std::string>(rc::gen::inRange('\x01', '\x7f'))] =
                make(depth + 1);
          }
          return object;
      }
    };
    const boost::json::value tree = make(0);
    const std::string text = boost::json::serialize(tree);
    json::Transcript expected;
    expected.tell(tree);
    expected.end_document();
    std::vector<std::string_view> pieces;
    for (std::string_view rest = text; !rest.empty();) {
      const auto size = *rc::gen::inRange<std::size_t>(1, rest.size() + 1);
      pieces.push_back(rest.substr(0, size));
      rest.remove_prefix(size);
    }
    const Outcome outcome = read(pieces, {.document = 1UL << 24U, .key = 1UL << 16U});
    RC_ASSERT(outcome.failure.empty());
    RC_ASSERT(outcome.calls == expected.text());
  }));
}

BOOST_AUTO_TEST_CASE(what_is_not_json_is_refused_wherever_it_is_cut) {
  const std::vector<std::string> malformed = {
      "x",
      "<html>",
      "{",
      "{\"a\"",
      "{\"a\":",
      "{\"a\":1,}",
      "[1,]",
      "[1 2]",
      "{1:2}",
      "nul",
      "nulL",
      "tru e",
      "\"a",
      "\"\\x\"",
      "\"\\u12g4\"",
      "\"\\ud800\"",
      "\"\\ud800\\n\"",
      "\"\\udc00\"",
      "\"a\nb\"",
      "\"\x01\"",
      "01",
      "-",
      "1.",
      "1e",
      "+1",
      ".5",
      "[1]]",
      "}",
      "{} ,",
      "// note\n1",
      "/* */1",
      "NaN",
      "Infinity",
      "\xef\xbb\xbf{}",
      "\"\xff\"",
      "\"\xc3\"",
      "\"\xc0\x80\"",
      "\"\xed\xa0\x80\"",
      "\"\xf4\x90\x80\x80\"",
      "{\"\xff\":1}",
      "'a'",
      "[\"a\\\"]",
      "\0"s,
      "1\0"s,
      "1e99999999999",
      "{}{}",
      "[]1",
      "\"a\"\"b\"",
      "1[]",
  };
  for (const auto& text : malformed) {
    BOOST_TEST_CONTEXT(text) {
      for (std::size_t at = 0; at <= text.size(); ++at) {
        const std::string_view view = text;
        const Outcome cut = read({view.substr(0, at), view.substr(at)});
        BOOST_TEST(!cut.failure.empty());
      }
      BOOST_TEST((kind_of_failure(text) == ErrorKind::protocol));
    }
  }
}

BOOST_AUTO_TEST_CASE(an_end_in_the_middle_is_named) {
  BOOST_TEST(read(R"({"a":)"s).failure == "the JSON ends in the middle");
  BOOST_TEST(read("12"s).failure == "");
  BOOST_TEST(read(""s).failure == "");
  BOOST_TEST(read(" \n"s).failure == "");
}

BOOST_AUTO_TEST_CASE(a_document_has_a_largest_size) {
  const std::string fits = "[\"" + std::string(60, 'a') + "\"]";
  const json::Limits limits{.document = fits.size()};
  BOOST_TEST(read(fits, limits).failure == "");
  BOOST_TEST(read(fits + "  \n\n  " + fits + "\n", limits).documents == 2);
  const std::string larger = "[\"" + std::string(61, 'a') + "\"]";
  for (std::size_t at = 0; at <= larger.size(); ++at) {
    const std::string_view view = larger;
    BOOST_TEST(read({view.substr(0, at), view.substr(at)}, limits).failure ==
               "a JSON document is larger than 64 bytes");
  }
  BOOST_TEST((kind_of_failure(larger, limits) == ErrorKind::limit));
  // Not a white space within one, either.
  BOOST_TEST((kind_of_failure("[" + std::string(64, ' '), limits) == ErrorKind::limit));
}

BOOST_AUTO_TEST_CASE(white_space_between_documents_is_not_counted) {
  BOOST_TEST(
      read(std::string(100000, ' ') + "[]" + std::string(100000, '\n') + "[]", {.document = 2})
          .documents == 2);
}

BOOST_AUTO_TEST_CASE(a_key_has_a_largest_size) {
  const json::Limits limits{.key = 8};
  BOOST_TEST(read(R"({"12345678":1})"s, limits).failure == "");
  const std::string longer = R"({"123456789":1})";
  for (std::size_t at = 0; at <= longer.size(); ++at) {
    const std::string_view view = longer;
    BOOST_TEST(read({view.substr(0, at), view.substr(at)}, limits).failure ==
               "a key of the JSON is longer than 8 bytes");
  }
  BOOST_TEST((kind_of_failure(longer, limits) == ErrorKind::limit));
  // Refused before it is complete.
  BOOST_TEST((kind_of_failure(R"({"123456789)", limits) == ErrorKind::limit));
}

BOOST_AUTO_TEST_CASE(nesting_has_a_largest_depth) {
  const json::Limits limits{.depth = 5};
  BOOST_TEST(read(nested(5), limits).failure == "");
  BOOST_TEST(read(nested(6), limits).failure == "the JSON is nested deeper than 5 levels");
  BOOST_TEST((kind_of_failure(nested(6), limits) == ErrorKind::limit));
  BOOST_TEST((kind_of_failure(std::string(60000, '[')) == ErrorKind::limit));
  // It is counted anew in each document.
  BOOST_TEST(
      read(nested(5) + " " + nested(5) + " " + R"({"a":{"b":{"c":{"d":{}}}}})", limits).documents ==
      3);
}

BOOST_AUTO_TEST_CASE(a_long_string_is_not_kept) {
  json::Transcript transcript;
  json::Parser parser(transcript, {.document = 1UL << 24U});
  BOOST_TEST(parser.feed("[\"").has_value());
  for (int i = 0; i < 1000; ++i) {
    BOOST_TEST(parser.feed(std::string(1000, 'a')).has_value());
  }
  BOOST_TEST(parser.feed("\"]").has_value());
  BOOST_TEST(transcript.longest_piece() == 1000);
  BOOST_TEST(transcript.text().size() == std::string_view("[\nstring \n]\nend\n").size() + 1000000);
}

BOOST_AUTO_TEST_CASE(a_reader_ends_the_parse_at_each_call) {
  const std::string text = R"({"a":[1,0.5,true,null,"s",{}]} [])";
  const std::string whole = read(text).calls;
  const auto calls = static_cast<std::size_t>(std::ranges::count(whole, '\n'));
  for (std::size_t wanted = 1; wanted <= calls; ++wanted) {
    json::Transcript transcript(wanted);
    json::Parser parser(transcript);
    const auto fed = parser.feed(text);
    BOOST_REQUIRE(!fed);
    BOOST_TEST((fed.error().kind == ErrorKind::protocol));
    BOOST_TEST(fed.error().what == "the JSON is not what was asked for");
    BOOST_TEST(std::ranges::count(transcript.text(), '\n') == static_cast<long>(wanted));
    BOOST_TEST(whole.starts_with(transcript.text()));
  }
}

BOOST_AUTO_TEST_CASE(a_failure_stays) {
  json::Transcript transcript;
  json::Parser parser(transcript);
  const auto first = parser.feed("[x");
  BOOST_REQUIRE(!first);
  const std::string calls = transcript.text();
  const auto again = parser.feed("[]");
  BOOST_REQUIRE(!again);
  BOOST_TEST(again.error().what == first.error().what);
  BOOST_TEST(!parser.finish().has_value());
  BOOST_TEST(transcript.text() == calls);
}

BOOST_AUTO_TEST_CASE(no_failure_quotes_what_was_read) {
  const std::string canary = "hunter2";
  for (const auto& text : {R"({"hunter2":hunter2})"s, "hunter2"s, R"(["hunter2\x"])"s,
                           R"({"hunter2)"s, "[\"hunter2\xff\"]"s}) {
    for (const json::Limits limits : {json::Limits{}, {.document = 9}, {.key = 3}}) {
      const Outcome outcome = read(text, limits);
      BOOST_TEST(!outcome.failure.empty());
      BOOST_TEST(outcome.failure.find(canary) == std::string::npos);
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
