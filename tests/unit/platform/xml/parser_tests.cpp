#include "platform/xml/parser.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <string_view>

using namespace blindfold;
using namespace blindfold::xml;

namespace {

/// Writes down what a parser tells; after `calls` calls it ends the parse.
class Transcript final : public Reader {
 public:
  explicit Transcript(std::size_t calls = static_cast<std::size_t>(-1)) : calls_(calls) {}

  bool begin_element(std::string_view name) noexcept override {
    return add("<" + std::string(name) + ">");
  }
  bool end_element() noexcept override { return add("</>"); }
  bool text(std::string_view piece) noexcept override {
    BOOST_TEST(!piece.empty());
    return add(std::string(piece));
  }

  [[nodiscard]] const std::string& told() const { return told_; }

 private:
  bool add(const std::string& call) {
    BOOST_TEST(calls_ > 0U);
    told_ += call;
    return --calls_ > 0;
  }

  std::size_t calls_;
  std::string told_;
};

struct Outcome {
  std::string told;
  std::string what;
  base::ErrorKind kind{};
};

/// In pieces of `size` bytes.
Outcome read(std::string_view text, std::size_t size = std::string_view::npos, Limits limits = {}) {
  Transcript reader;
  Parser parser(reader, limits);
  base::Result<> result;
  for (; result && !text.empty(); text.remove_prefix(std::min(size, text.size()))) {
    result = parser.feed(text.substr(0, size));
  }
  if (result) {
    result = parser.finish();
  }
  return {reader.told(), result ? "" : result.error().what,
          result ? base::ErrorKind::internal : result.error().kind};
}

constexpr std::string_view reply =
    R"(<?xml version="1.0" encoding="UTF-8"?>
<!-- a comment --><a xmlns="https://example.com/"><b c="d">one &amp; two</b><?pi x?><e/><![CDATA[<3]]>é&#x20AC;</a>
)";
constexpr std::string_view reply_told = "<a><b>one & two</><e></><3é€</>";

}  // namespace

BOOST_AUTO_TEST_SUITE(parser_tests)

BOOST_AUTO_TEST_CASE(a_document_is_told_in_its_order) {
  const Outcome outcome = read(reply);
  BOOST_TEST(outcome.what == "");
  BOOST_TEST(outcome.told == reply_told);
}

BOOST_AUTO_TEST_CASE(wherever_it_is_cut_it_is_told_the_same) {
  for (std::size_t size = 1; size < reply.size(); ++size) {
    const Outcome outcome = read(reply, size);
    BOOST_TEST(outcome.what == "");
    BOOST_TEST(outcome.told == reply_told);
  }
}

BOOST_AUTO_TEST_CASE(what_ends_in_the_middle_fails) {
  for (std::size_t size = 0; size < reply.size() - 1; ++size) {
    const Outcome outcome = read(reply.substr(0, size));
    BOOST_TEST(outcome.what == "the XML ends in the middle");
    BOOST_TEST((outcome.kind == base::ErrorKind::protocol));
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_xml_fails) {
  for (const std::string_view text :
       {"{\"Error\":{}}", "<a></b>", "<a><b></a>", "<a>&nbsp;</a>", "<a/><b/>", "<a b=c/>",
        "<a>\x01</a>", "<a>\xff\xfe</a>", "<a>&#0;</a>", "<a b='1' b='2'/>", "x<a/>",
        "\xff\xfe<\0a\0/\0>\0"}) {
    const Outcome outcome = read(text);
    BOOST_TEST(outcome.what != "");
    BOOST_TEST((outcome.kind == base::ErrorKind::protocol));
  }
}

BOOST_AUTO_TEST_CASE(what_it_says_of_its_encoding_does_not_count) {
  BOOST_TEST(read("<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>").told == "<a>é</>");
}

BOOST_AUTO_TEST_CASE(a_document_type_is_refused) {
  for (const std::string_view text :
       {"<!DOCTYPE a><a/>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
        "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>]><a>&b;</a>",
        "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>"}) {
    const Outcome outcome = read(text);
    BOOST_TEST(outcome.what == "the XML has a document type, which is not read");
    BOOST_TEST((outcome.kind == base::ErrorKind::protocol));
    BOOST_TEST(outcome.told == "");
  }
}

BOOST_AUTO_TEST_CASE(a_document_is_as_large_as_its_limit_and_no_larger) {
  const std::string text = "<a>" + std::string(93, 'x') + "</a>";
  for (const std::size_t size : {1U, 7U, 100U}) {
    BOOST_TEST(read(text, size, {.document = 100}).what == "");
    const Outcome outcome = read(text, size, {.document = 99});
    BOOST_TEST(outcome.what == "an XML document is larger than 99 bytes");
    BOOST_TEST((outcome.kind == base::ErrorKind::limit));
  }
}

BOOST_AUTO_TEST_CASE(it_is_as_deep_as_its_limit_and_no_deeper) {
  BOOST_TEST(read("<a><b><c/><c/></b></a>", 1, {.depth = 3}).what == "");
  const Outcome outcome = read("<a><b><c/><c/></b></a>", 1, {.depth = 2});
  BOOST_TEST(outcome.what == "the XML is nested deeper than 2 levels");
  BOOST_TEST((outcome.kind == base::ErrorKind::limit));
  BOOST_TEST(outcome.told == "<a><b>");
}

BOOST_AUTO_TEST_CASE(a_reader_ends_it_at_any_call_and_is_told_nothing_more) {
  for (std::size_t calls = 1; calls < 9; ++calls) {
    Transcript reader(calls);
    Parser parser(reader);
    const auto result = parser.feed(reply);
    BOOST_REQUIRE(!result.has_value());
    BOOST_TEST((result.error().kind == base::ErrorKind::protocol));
    BOOST_TEST(result.error().what == "the XML is not what was asked for");
  }
}

BOOST_AUTO_TEST_CASE(a_failure_stays) {
  Transcript reader;
  Parser parser(reader);
  BOOST_TEST(!parser.feed("<a></b>").has_value());
  BOOST_TEST(!parser.feed("<a></a>").has_value());
  BOOST_TEST(parser.finish().error().what == "this is not XML");
}

BOOST_AUTO_TEST_CASE(nothing_follows_the_end) {
  Transcript reader;
  Parser parser(reader);
  BOOST_TEST(parser.feed("<a/>").has_value());
  BOOST_TEST(parser.finish().has_value());
  BOOST_TEST(!parser.feed("<a/>").has_value());
}

BOOST_AUTO_TEST_CASE(an_error_says_nothing_of_the_input) {
  for (const std::string_view text :
       {"<a>hunter2</b>", "hunter2", "<!DOCTYPE hunter2><a/>", "<hunter2>&hunter2;</hunter2>"}) {
    BOOST_TEST(!read(text).what.contains("hunter2"));
  }
}

BOOST_AUTO_TEST_SUITE_END()
