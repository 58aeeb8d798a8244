#include "core/manifest/yaml.hpp"

#include <boost/test/unit_test.hpp>

#include "core/manifest/document_builder.hpp"
#include "core/manifest/read.hpp"
#include "texts.hpp"

using namespace blindfold::manifest;
using blindfold::manifest::tests::brief;
using blindfold::manifest::tests::repeated;
using blindfold::manifest::tests::source;

namespace {

std::string refusal(std::string text) {
  const auto document = parse(source(std::move(text)));
  return document ? "none" : brief(document.error());
}

bool is_read(std::string text) {
  return parse(source(std::move(text))).has_value();
}

/// A list of `count` items, each `item`.
std::string list_of(std::string_view item, std::size_t count) {
  return "[" + repeated(std::string(item) + ",", count) + "]";
}

}  // namespace

BOOST_TEST_DONT_PRINT_LOG_VALUE(NodeKind)
BOOST_TEST_DONT_PRINT_LOG_VALUE(Position)

BOOST_AUTO_TEST_SUITE(yaml_tests)

BOOST_AUTO_TEST_CASE(builds_a_tree) {
  const auto document = parse(source("a: [1, \"2\", ~, {x: y}]\nb: !!str 3\nc:\n"));
  BOOST_REQUIRE(document.has_value());
  const TreeNode root = document->root();
  BOOST_TEST(root.kind() == NodeKind::map);
  BOOST_TEST(root.pairs() == 3U);
  BOOST_TEST(root.items() == 0U);
  const TreeNode list = root.value(0);
  BOOST_TEST(root.key(0).text() == "a");
  BOOST_TEST(list.items() == 4U);
  BOOST_TEST(list.pairs() == 0U);
  BOOST_TEST(list.item(0).text() == "1");
  BOOST_TEST(!list.item(0).quoted());
  BOOST_TEST(list.item(1).text() == "2");
  BOOST_TEST(list.item(1).quoted());
  BOOST_TEST(list.item(2).kind() == NodeKind::null);
  BOOST_TEST(list.item(3).key(0).text() == "x");
  BOOST_TEST(root.value(1).quoted());
  BOOST_TEST(root.value(2).kind() == NodeKind::null);
}

BOOST_AUTO_TEST_CASE(positions_count_characters) {
  const auto document = parse(source("a: b\n\"密码\": [é, x]\nk:   v\r\nl: w\r\n"));
  BOOST_REQUIRE(document.has_value());
  const TreeNode root = document->root();
  BOOST_TEST(root.where() == (Position{1, 1}));
  BOOST_TEST(root.value(0).where() == (Position{1, 4}));
  BOOST_TEST(root.value(1).where() == (Position{2, 7}));
  BOOST_TEST(root.value(1).item(1).where() == (Position{2, 11}));
  BOOST_TEST(root.value(2).where() == (Position{3, 6}));
  BOOST_TEST(root.value(3).where() == (Position{4, 4}));
}

BOOST_AUTO_TEST_CASE(a_byte_order_mark_takes_no_column) {
  const auto document =
      parse(source("\xef\xbb\xbf"
                   "a: b"));
  BOOST_REQUIRE(document.has_value());
  BOOST_TEST(document->root().value(0).where() == (Position{1, 4}));
}

BOOST_AUTO_TEST_CASE(an_alias_is_what_it_names) {
  const auto document = parse(source("a: &x [1, 2]\nb: *x\n"));
  BOOST_REQUIRE(document.has_value());
  const TreeNode root = document->root();
  BOOST_TEST(root.value(1).items() == 2U);
  BOOST_TEST(root.value(1).where() == root.value(0).where());
}

BOOST_AUTO_TEST_CASE(an_anchor_may_be_named_again) {
  const auto document = parse(source("- &x 1\n- &x 2\n- *x\n"));
  BOOST_REQUIRE(document.has_value());
  BOOST_TEST(document->root().item(2).text() == "2");
}

BOOST_AUTO_TEST_CASE(a_null_that_is_not_written_stands_where_its_key_does) {
  const auto document = parse(source("a:\n\n\nb: ~\n"));
  BOOST_REQUIRE(document.has_value());
  BOOST_TEST(document->root().value(0).where() == (Position{1, 1}));
  BOOST_TEST(document->root().value(1).where() == (Position{4, 4}));
}

BOOST_AUTO_TEST_CASE(a_file_has_1_mib_at_most) {
  const std::string padding = repeated("# comment\n", largest_file / 10);
  const std::string fits = padding + repeated("#", largest_file - padding.size() - 5) + "\na: b";
  BOOST_TEST(fits.size() == largest_file);
  BOOST_TEST(is_read(fits));
  BOOST_TEST(refusal(fits + " ") == "1:1: the file is larger than 1 MiB\n");
}

BOOST_AUTO_TEST_CASE(nesting_ends_at_a_depth) {
  BOOST_TEST(
      is_read(repeated("[", deepest_nesting - 1) + "x" + repeated("]", deepest_nesting - 1)));
  BOOST_TEST(is_read(repeated("[", deepest_nesting) + repeated("]", deepest_nesting)));
  BOOST_TEST(refusal(repeated("[", deepest_nesting) + "x" + repeated("]", deepest_nesting)) ==
             "1:33: lists and maps are nested more than 32 deep\n");
  BOOST_TEST(refusal(repeated("- ", 1'000)) ==
             "1:65: lists and maps are nested more than 32 deep\n");
  BOOST_TEST(!is_read(repeated("[", 500'000)));
}

BOOST_AUTO_TEST_CASE(an_alias_is_as_deep_as_what_it_names) {
  const std::string deep = "- &a " + repeated("[", 20) + repeated("]", 20) + "\n";
  BOOST_TEST(is_read(deep + "- " + repeated("[", 11) + "*a" + repeated("]", 11) + "\n"));
  BOOST_TEST(refusal(deep + "- " + repeated("[", 12) + "*a" + repeated("]", 12) + "\n") ==
             "2:15: lists and maps are nested more than 32 deep\n");
}

BOOST_AUTO_TEST_CASE(values_end_at_a_number) {
  BOOST_TEST(is_read(list_of("x", most_nodes - 1)));
  BOOST_TEST(refusal(list_of("x", most_nodes)).find("more than 200,000 values") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(an_alias_counts_as_much_as_what_it_names) {
  const std::string thousand = "- &a " + list_of("x", 999) + "\n";
  BOOST_TEST(is_read(thousand + "- " + list_of("*a", 198) + "\n"));
  BOOST_TEST(!is_read(thousand + "- " + list_of("*a", 199) + "\n"));
}

BOOST_AUTO_TEST_CASE(a_bomb_of_aliases_ends_early) {
  std::string bomb = "a0: &a0 " + list_of("x", 10) + "\n";
  for (int i = 1; i < 60; ++i) {
    const std::string n = std::to_string(i);
    bomb += "a" + n + ": &a" + n + " " + list_of("*a" + std::to_string(i - 1), 10) + "\n";
  }
  BOOST_TEST(refusal(bomb).find("aliases counted each time") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_value_has_64_kib_at_most) {
  BOOST_TEST(is_read("a: " + repeated("x", longest_scalar)));
  BOOST_TEST(refusal("a: " + repeated("x", longest_scalar + 1)) ==
             "1:4: a value is longer than 64 KiB\n");
  BOOST_TEST(refusal(repeated("x", 1'000'000)) == "1:1: a value is longer than 64 KiB\n");
}

BOOST_AUTO_TEST_CASE(a_cut_off_file_is_not_read) {
  const std::string whole = "a: [\"b\", {c: 'd'}]\n";
  for (std::size_t size = 4; size < whole.size() - 1; ++size) {
    BOOST_TEST(!is_read(whole.substr(0, size)), whole.substr(0, size));
  }
  BOOST_TEST(is_read(whole));
}

BOOST_AUTO_TEST_CASE(characters_that_yaml_refuses) {
  for (const char* const text : {"a\x01", "a\x04", "a\x1b", "a\x7f", "a\u0080", "a\uffff"}) {
    BOOST_TEST(refusal(text) == "1:2: the file holds a control character\n");
  }
  BOOST_TEST(is_read("a: \"\u0085\u202e\u2028\ufffd😀\"\n"));
}

BOOST_AUTO_TEST_CASE(the_first_byte_that_is_not_utf8_is_named) {
  BOOST_TEST(refusal("a: b\n密: \xff") == "2:4: the file holds a byte that is not UTF-8\n");
  BOOST_TEST(refusal("\xfe\xff\0a") == "1:1: the file holds a byte that is not UTF-8\n");
  BOOST_TEST(refusal(std::string("a\0b", 3)) == "1:2: the file holds a NUL character\n");
}

BOOST_AUTO_TEST_CASE(one_document_whatever_stands_around_it) {
  BOOST_TEST(is_read("%YAML 1.1\n---\na: b\n...\n"));
  BOOST_TEST(is_read("--- a: b\n") == false);
  BOOST_TEST(is_read("a: b\n...\n...\n"));
  BOOST_TEST(refusal("a: b\n--- \n") == "2:1: a second document begins here\n");
  BOOST_TEST(refusal("a: b\n...\nc: d\n") == "3:1: a second document begins here\n");
  for (const char* const text : {"", "\n\n", "# a\n", "---\n", "...\n", "~", "\xef\xbb\xbf"}) {
    BOOST_TEST(refusal(text) == "1:1: the file is empty\n");
  }
}

BOOST_AUTO_TEST_SUITE_END()
