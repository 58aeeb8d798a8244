#include "clients/kubernetes/table_reader.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "feed.hpp"
#include "recorded.hpp"

namespace json = blindfold::json;
namespace kubernetes = blindfold::kubernetes;
namespace recorded = kubernetes::recorded;
using kubernetes::Change;
using kubernetes::TableReader;
using Shape = TableReader::Shape;

namespace {

const std::vector<std::string> columns = {"Name", "Type", "Data"};

std::string words(Change change) {
  switch (change) {
    case Change::added:
      return "added";
    case Change::modified:
      return "modified";
    case Change::deleted:
      break;
  }
  return "deleted";
}

/// One line a row: "added db Opaque 2 at 68".
struct Rows {
  std::vector<std::string> lines;
  bool whole = false;

  void take(TableReader& reader) {
    std::vector<kubernetes::TableItem> items;
    const std::size_t taken = reader.take(items);
    for (std::size_t at = 0; at < taken; ++at) {
      std::string line = words(items[at].change);
      for (const auto& cell : items[at].row.cells) {
        line += " " + cell;
      }
      lines.push_back(line + " at " + items[at].row.resource_version);
    }
  }
};

Rows read(TableReader& reader, Shape shape, std::string_view text, std::size_t cut = 0) {
  Rows rows;
  reader.begin(shape);
  json::Parser parser(reader);
  rows.whole = parser.feed(text.substr(0, cut)).has_value();
  rows.take(reader);
  rows.whole = rows.whole && parser.feed(text.substr(cut)).has_value();
  rows.take(reader);
  rows.whole = rows.whole && parser.finish().has_value();
  return rows;
}

using Lines = std::vector<std::string>;

/// An event with one row of three cells, after one that named the columns.
std::string event(std::string_view type, std::string_view rest) {
  return R"({"type":"ADDED","object":{"kind":"Table","metadata":{"resourceVersion":"1"},)"
         R"("columnDefinitions":[{"name":"Name"},{"name":"Type"},{"name":"Data"}],"rows":[]}})"
         "\n{\"type\":\"" +
         std::string(type) + R"(","object":{"kind":"Table","metadata":{"resourceVersion":"7"},)" +
         std::string(rest) + "}}\n";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(table_reader_tests)

BOOST_AUTO_TEST_CASE(a_page_wherever_it_is_cut) {
  TableReader reader(columns);
  for (std::size_t cut = 0; cut <= recorded::table_page.size(); ++cut) {
    const Rows rows = read(reader, Shape::page, recorded::table_page, cut);
    BOOST_TEST(rows.whole);
    const Lines expected = {"added basic-auth kubernetes.io/basic-auth 2 at ",
                            "added bootstrap bootstrap.kubernetes.io/token 2 at "};
    BOOST_TEST(rows.lines == expected, boost::test_tools::per_element());
    BOOST_TEST(!reader.version().empty());
    BOOST_TEST(!reader.next().empty());
  }
}

BOOST_AUTO_TEST_CASE(a_page_of_another_resource_has_other_columns) {
  TableReader reader(columns);
  const Rows rows = read(reader, Shape::page, recorded::config_map_table);
  const Lines expected = {"added app-settings  3 at "};
  BOOST_TEST(rows.lines == expected, boost::test_tools::per_element());
  BOOST_TEST(reader.next().empty());
}

BOOST_AUTO_TEST_CASE(events_have_their_own_versions_and_columns_once) {
  TableReader reader(columns);
  const Rows rows = read(reader, Shape::events, recorded::watch_from_zero);
  BOOST_TEST(rows.whole);
  BOOST_REQUIRE(rows.lines.size() == 11U);
  BOOST_TEST(rows.lines[0] == "added basic-auth kubernetes.io/basic-auth 2 at 73");
  BOOST_TEST(rows.lines[2] == "added db Opaque 2 at 68");
  BOOST_TEST(!reader.seen_bookmark());
  BOOST_TEST(!reader.error().has_value());
}

BOOST_AUTO_TEST_CASE(changes_and_bookmarks_wherever_they_are_cut) {
  TableReader reader(columns);
  for (std::size_t cut = 0; cut <= recorded::watch_events.size(); ++cut) {
    const Rows rows = read(reader, Shape::events, recorded::watch_events, cut);
    BOOST_TEST(rows.whole);
    const Lines expected = {"added new Opaque 1 at 220", "deleted new Opaque 1 at 221",
                            "added held Opaque 1 at 222", "modified held Opaque 1 at 223"};
    BOOST_TEST(rows.lines == expected, boost::test_tools::per_element());
    BOOST_TEST(reader.seen_bookmark());
    BOOST_TEST(reader.version() == "223");
  }
}

BOOST_AUTO_TEST_CASE(a_quota_has_its_columns) {
  const std::vector<std::string> quota_columns = {"Request", "Name"};
  TableReader reader(quota_columns);
  const Rows rows = read(reader, Shape::events, recorded::quota_table);
  BOOST_REQUIRE(rows.lines.size() == 1U);
  BOOST_TEST(rows.lines[0].starts_with("added count/secrets: 1/1 secrets-quota at "));
}

BOOST_AUTO_TEST_CASE(an_error_is_a_status) {
  TableReader reader(columns);
  for (std::size_t cut = 0; cut <= recorded::watch_expired.size(); ++cut) {
    BOOST_TEST(read(reader, Shape::events, recorded::watch_expired, cut).whole);
    BOOST_REQUIRE(reader.error().has_value());
    BOOST_TEST(reader.error()->code == 410);
    BOOST_TEST(reader.error()->reason == "Expired");
  }
  const Rows rows = read(reader, Shape::events,
                         std::string(recorded::watch_expired) + event("ADDED", R"("rows":[])"));
  BOOST_TEST(!rows.whole);
  BOOST_TEST(reader.error()->code == 410);
  BOOST_TEST(read(reader, Shape::events, recorded::watch_no_bookmarks).whole);
  BOOST_TEST(reader.error()->code == 500);
  reader.begin(Shape::events);
  BOOST_TEST(!reader.error().has_value());
}

BOOST_AUTO_TEST_CASE(what_was_never_asked_for_is_not_read) {
  for (const auto shape : {Shape::page, Shape::events}) {
    for (const std::string_view text :
         {recorded::whole_secret, recorded::whole_list, recorded::whole_watch,
          recorded::whole_metadata, recorded::whole_rows, recorded::probe_missing,
          std::string_view("{}"), std::string_view("[]"), std::string_view("7")}) {
      TableReader reader(columns);
      const Rows rows = read(reader, shape, text);
      BOOST_TEST(!rows.whole);
      BOOST_TEST(rows.lines.empty());
    }
  }
  TableReader reader(columns);
  BOOST_TEST(!read(reader, Shape::page, recorded::watch_from_zero).whole);
  BOOST_TEST(!read(reader, Shape::events, recorded::table_page).whole);
}

BOOST_AUTO_TEST_CASE(an_object_within_a_row_ends_it) {
  TableReader reader(columns);
  BOOST_TEST(
      read(reader, Shape::events, event("ADDED", R"("rows":[{"cells":["a"],"object":null}])"))
          .whole);
  for (const auto* rows : {R"("rows":[{"cells":["a"],"object":{"kind":"Secret"}}])",
                           R"("rows":[{"cells":["a"],"object":[]}])", R"("data":{},"rows":[])",
                           R"("rows":[],"stringData":{})"}) {
    const Rows read_rows = read(reader, Shape::events, event("ADDED", rows));
    BOOST_TEST(!read_rows.whole);
    BOOST_TEST(read_rows.lines.empty());
  }
}

BOOST_AUTO_TEST_CASE(an_event_is_told_when_it_is_complete) {
  const std::string text = event("MODIFIED", R"("rows":[{"cells":["a","b",3],"object":null}])");
  TableReader reader(columns);
  reader.begin(Shape::events);
  json::Parser parser(reader);
  Rows rows;
  BOOST_TEST(parser.feed(std::string_view(text).substr(0, text.size() - 2)).has_value());
  rows.take(reader);
  BOOST_TEST(rows.lines.empty());
  BOOST_TEST(reader.version() == "1");
  BOOST_TEST(parser.feed("}").has_value());
  rows.take(reader);
  BOOST_TEST(rows.lines.at(0) == "modified a b 3 at 7");
}

BOOST_AUTO_TEST_CASE(cells_of_every_kind_keep_their_columns) {
  TableReader reader(columns);
  const std::string cells = R"("rows":[{"cells":[1.5,{"a":["b"]},3]},{"cells":[null,[[1]],true]},)"
                            R"({"cells":["x",-2,"y","beyond"]},{"cells":[]}])";
  const Rows rows = read(reader, Shape::events, event("ADDED", cells));
  BOOST_TEST(rows.whole);
  const Lines expected = {"added   3 at 7", "added    at 7", "added x -2 y at 7", "added    at 7"};
  BOOST_TEST(rows.lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_cell_that_is_too_long_is_left_empty) {
  TableReader reader(columns);
  const Rows rows =
      read(reader, Shape::events,
           event("ADDED", R"("rows":[{"cells":[")" + std::string(1025, 'a') + R"(","b","c"]}])"));
  const Lines expected = {"added  b c at 7"};
  BOOST_TEST(rows.lines == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(rows_without_columns_or_a_version_are_not_read) {
  TableReader reader(columns);
  BOOST_TEST(!read(reader, Shape::events,
                   R"({"type":"ADDED","object":{"kind":"Table","metadata":{"resourceVersion":"1"},)"
                   R"("columnDefinitions":null,"rows":[{"cells":["a"]}]}})")
                  .whole);
  const Rows unversioned =
      read(reader, Shape::events,
           R"({"type":"ADDED","object":{"kind":"Table","metadata":{},)"
           R"("columnDefinitions":[{"name":"Name"}],"rows":[{"cells":["a"]}]}})");
  BOOST_TEST(!unversioned.whole);
  BOOST_TEST(unversioned.lines.empty());
  std::string many = R"({"kind":"Table","columnDefinitions":[{"name":"a"})";
  for (int i = 0; i < 64; ++i) {
    many += R"(,{"name":"a"})";
  }
  BOOST_TEST(!read(reader, Shape::page, many + "]}").whole);
}

BOOST_AUTO_TEST_CASE(events_of_no_known_type_are_not_read) {
  TableReader reader(columns);
  for (const auto* text :
       {R"({"type":"SYNCED","object":{"kind":"Table"}})", R"({"type":"ADDED"})",
        R"({"object":{"kind":"Table"},"type":"ADDED"})", R"({"type":"ADDED","object":null})",
        R"({"type":"ADDED","other":1,"object":{"kind":"Table"}})",
        R"({"type":"ERROR","object":{"kind":"Table"}})",
        R"({"type":"BOOKMARK","object":{"kind":"Status"}})",
        R"({"type":"BOOKMARK","object":{"kind":"Table","metadata":{}}})"}) {
    BOOST_TEST_CONTEXT(text) {
      BOOST_TEST(!read(reader, Shape::events, text).whole);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_first_event_may_be_a_bookmark) {
  TableReader reader(columns);
  const Rows rows =
      read(reader, Shape::events,
           R"({"type":"BOOKMARK","object":{"kind":"Table","metadata":{"resourceVersion":"9"},)"
           R"("columnDefinitions":null,"rows":[{"cells":["","",0],"object":null}]}})");
  BOOST_TEST(rows.whole);
  BOOST_TEST(rows.lines.empty());
  BOOST_TEST(reader.version() == "9");
}

BOOST_AUTO_TEST_SUITE_END()
