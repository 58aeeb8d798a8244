#include "platform/json/field_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace json = blindfold::json;

namespace {

/// Writes down what it is told of; `wants` says of which strings, and how long.
class Fields final : public json::FieldReader {
 public:
  std::map<std::string, std::size_t, std::less<>> wants;
  std::string refused;  ///< the key at which it ends
  bool skips_long = false;
  std::vector<std::string> told;
  std::vector<std::string> asked;
  static constexpr std::size_t all = in_pieces;

 private:
  std::string pieces;

  bool tell(std::string_view path, std::string_view value) {
    told.push_back(std::string(path) + "=" + std::string(value));
    return true;
  }
  std::size_t wanted(std::string_view path) noexcept override {
    asked.emplace_back(path);
    const auto found = wants.find(path);
    return found == wants.end() ? 0 : found->second;
  }
  bool on_string(std::string_view path, std::string_view value) noexcept override {
    return tell(path, value);
  }
  bool on_too_long(std::string_view path) noexcept override {
    return tell(path, "too long") && skips_long;
  }
  bool on_key(std::string_view path) noexcept override { return path != refused; }
  bool on_piece(std::string_view path, std::string_view piece, bool last) noexcept override {
    pieces += piece;
    return !last || tell(path, pieces + " in pieces");
  }
  bool on_fraction(std::string_view path, double value) noexcept override {
    return tell(path, std::to_string(value));
  }
  bool on_number(std::string_view path, std::int64_t value) noexcept override {
    return tell(path, std::to_string(value));
  }
  bool on_boolean(std::string_view path, bool value) noexcept override {
    return tell(path, value ? "true" : "false");
  }
  bool on_null(std::string_view path) noexcept override { return tell(path, "null"); }
  bool on_begin(std::string_view path) noexcept override { return tell(path, "begin"); }
  bool on_end(std::string_view path) noexcept override { return tell(path, "end"); }
  bool on_document() noexcept override { return tell("document", ""); }
};

using Told = std::vector<std::string>;

bool read(Fields& fields, std::string_view text, std::size_t cut = 0) {
  json::Parser parser(fields);
  return parser.feed(text.substr(0, cut)).has_value() &&
         parser.feed(text.substr(cut)).has_value() && parser.finish().has_value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(field_reader_tests)

BOOST_AUTO_TEST_CASE(each_value_has_its_path) {
  Fields fields;
  fields.wants = {{"kind", 10}, {"rows[].cells[]", 10}, {"metadata.name", 10}};
  BOOST_TEST(read(fields, R"({"kind":"Table","metadata":{"name":"a","uid":"u"},
                             "rows":[{"cells":["x",2,[true],null]},{"cells":[]}],"last":1.5})"));
  const Told expected = {"=begin",
                         "kind=Table",
                         "metadata=begin",
                         "metadata.name=a",
                         "metadata=end",
                         "rows=begin",
                         "rows[]=begin",
                         "rows[].cells=begin",
                         "rows[].cells[]=x",
                         "rows[].cells[]=2",
                         "rows[].cells[]=begin",
                         "rows[].cells[][]=true",
                         "rows[].cells[]=end",
                         "rows[].cells[]=null",
                         "rows[].cells=end",
                         "rows[]=end",
                         "rows[]=begin",
                         "rows[].cells=begin",
                         "rows[].cells=end",
                         "rows[]=end",
                         "rows=end",
                         "last=1.500000",
                         "=end",
                         "document="};
  BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(documents_at_the_top_and_in_lists) {
  Fields fields;
  fields.wants = {{"", 5}, {"[]", 5}, {"[][].a", 5}};
  BOOST_TEST(read(fields, R"("x" ["y",[{"a":"z"}]] true)"));
  const Told expected = {"=x",         "document=", "=begin",   "[]=y",   "[]=begin",
                         "[][]=begin", "[][].a=z",  "[][]=end", "[]=end", "=end",
                         "document=",  "=true",     "document="};
  BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_string_comes_whole_wherever_it_was_cut) {
  const std::string text = R"({"a":"b\u20acc","d":"not wanted","e":""})";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Fields fields;
    fields.wants = {{"a", 5}, {"e", 1}};
    BOOST_TEST(read(fields, text, cut));
    const Told expected = {"=begin",
                           "a=b\xe2\x82\xac"
                           "c",
                           "e=", "=end", "document="};
    BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
    BOOST_TEST(fields.asked.size() == 3);
  }
}

BOOST_AUTO_TEST_CASE(a_string_longer_than_wanted_ends_the_parse) {
  const std::string text = R"({"a":"123456","b":true})";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Fields fields;
    fields.wants = {{"a", 5}};
    BOOST_TEST(!read(fields, text, cut));
    const Told expected = {"=begin", "a=too long"};
    BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_string_longer_than_wanted_may_be_left_out) {
  const std::string text = R"({"a":"12345\u0036789","b":true})";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Fields fields;
    fields.wants = {{"a", 5}};
    fields.skips_long = true;
    BOOST_TEST(read(fields, text, cut));
    const Told expected = {"=begin", "a=too long", "b=true", "=end", "document="};
    BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(a_string_may_be_told_in_pieces) {
  const std::string text = R"({"a":"1234\u00356","b":"","c":"not this"})";
  for (std::size_t cut = 0; cut <= text.size(); ++cut) {
    Fields fields;
    fields.wants = {{"a", Fields::all}};
    BOOST_TEST(read(fields, text, cut));
    const Told expected = {"=begin", "a=123456 in pieces", "=end", "document="};
    BOOST_TEST(fields.told == expected, boost::test_tools::per_element());
  }
}

BOOST_AUTO_TEST_CASE(no_key_passes_for_another_path) {
  Fields fields;
  fields.wants = {{"a.b", 5}, {"a[]", 5}, {"a", 5}};
  BOOST_TEST(read(fields, R"({"a.b":"x","a[]":"y","a\\":"z","":{"a":"w"}})"));
  const Told asked = {"a\\.b", "a\\[\\]", "a\\\\", "\\.a"};
  BOOST_TEST(fields.asked == asked, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(append_key_makes_the_path_of_a_key) {
  std::string path = "data";
  json::FieldReader::append_key(path, "app.conf");
  BOOST_TEST(path == "data.app\\.conf");
  Fields fields;
  fields.wants = {{path, 5}};
  BOOST_TEST(read(fields, R"({"data":{"app.conf":"x"}})"));
  BOOST_TEST(fields.told[2] == path + "=x");
}

BOOST_AUTO_TEST_CASE(a_document_is_refused_at_a_name) {
  Fields fields;
  fields.refused = "object.data";
  fields.wants = {{"object.data.key", 100}};
  BOOST_TEST(!read(fields, R"({"object":{"data":{"key":"never read"}}})"));
  BOOST_TEST(fields.asked.empty());
}

BOOST_AUTO_TEST_SUITE_END()
