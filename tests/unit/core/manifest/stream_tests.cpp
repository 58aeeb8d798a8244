#include "core/manifest/stream.hpp"

#include <boost/test/unit_test.hpp>

#include "texts.hpp"

using namespace blindfold::manifest;
using blindfold::manifest::tests::brief;
using blindfold::manifest::tests::repeated;
using blindfold::manifest::tests::source;

namespace {

bool keep_all(std::span<const std::string> /*path*/, NodeKind /*kind*/) noexcept {
  return true;
}

/// Nothing under `data`, and only the scalars under `name`.
bool keep_names(std::span<const std::string> path, NodeKind kind) noexcept {
  return path.back() != "data" && (kind != NodeKind::scalar || path.back() == "name");
}

StreamRules rules_with(Keeps keeps) {
  return {4'096, "too large", {100, 8, 64, "too many", "", "too deep", "too long"}, keeps};
}

/// As JSON-like text: what is kept of it.
std::string shown(TreeNode node) {
  std::string out;
  switch (node.kind()) {
    case NodeKind::null:
      return "~";
    case NodeKind::scalar:
      return std::string(node.text());
    case NodeKind::sequence:
      for (std::size_t i = 0; i < node.items(); ++i) {
        out += (i == 0 ? "" : ",") + shown(node.item(i));
      }
      return "[" + out + "]";
    case NodeKind::map:
      for (std::size_t i = 0; i < node.pairs(); ++i) {
        out += (i == 0 ? "" : ",") + shown(node.key(i)) + ":" + shown(node.value(i));
      }
      return "{" + out + "}";
  }
  return out;
}

/// The documents, each in brackets of its own; or what is wrong.
std::string read(const std::string& text, Keeps keeps = keep_all) {
  std::string all;
  const auto result = read_stream(
      source(text), rules_with(keeps),
      [&all](const Document& document) noexcept { all += shown(document.root()) + "\n"; });
  return result ? all : brief(result.error());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(stream_tests)

BOOST_AUTO_TEST_CASE(gives_each_document_and_passes_over_empty_ones) {
  BOOST_TEST(read("a: 1\n---\nb: 2\n") == "{a:1}\n{b:2}\n");
  BOOST_TEST(read("---\n# Source: x\n---\n# nothing\n---\na: 1\n...\n---\n") == "{a:1}\n");
  BOOST_TEST(read("") == "");
  BOOST_TEST(read("# only a comment\n") == "");
  BOOST_TEST(read("a: |\n  ---\n  b\n---\nc: >\n  d\n  e\n") == "{a:---\nb\n}\n{c:d e\n}\n");
}

BOOST_AUTO_TEST_CASE(reads_what_other_tools_write) {
  BOOST_TEST(read("a: &x {b: 1}\nc: {<<: *x}\n") == "{a:{b:1},c:{<<:{b:1}}}\n");
  BOOST_TEST(read("a: !!binary eA==\nb: !custom [1]\n") == "{a:eA==,b:[1]}\n");
  BOOST_TEST(read("{\"a\": [1, {\"b\": \"c\"}]}") == "{a:[1,{b:c}]}\n");
}

BOOST_AUTO_TEST_CASE(anchors_are_of_one_document) {
  BOOST_TEST(read("a: &x 1\n---\nb: &y 2\nc: *y\n") == "{a:1}\n{b:2,c:2}\n");
  BOOST_TEST(read("a: &x 1\n---\nb: *x\n").contains("3:4: not YAML"));
}

BOOST_AUTO_TEST_CASE(what_is_not_kept_is_a_null) {
  BOOST_TEST(read("name: n\nother: secret\nlist: [{name: m, x: secret}, secret]\n", keep_names) ==
             "{name:n,other:~,list:[{name:m,x:~},~]}\n");
  BOOST_TEST(read("data: {name: secret, list: [{name: secret}]}\nname: n\n", keep_names) ==
             "{data:~,name:n}\n");
  BOOST_TEST(read("data: [secret]\nname: n\n---\ndata: secret\n", keep_names) ==
             "{data:~,name:n}\n{data:~}\n");
  BOOST_TEST(read("data: |\n  secret\nname: n\n", keep_names) == "{data:~,name:n}\n");
  BOOST_TEST(read("secret\n---\nname: n\n", keep_all) == "{name:n}\n");
}

BOOST_AUTO_TEST_CASE(no_alias_brings_it_back) {
  BOOST_TEST(read("data: &d {name: &s secret}\nname: *s\nmap: *d\n", keep_names) ==
             "{data:~,name:~,map:~}\n");
  BOOST_TEST(read("name: &n kept\ndata: *n\nlist: [{name: *n}]\n", keep_names) ==
             "{name:kept,data:~,list:[{name:kept}]}\n");
}

BOOST_AUTO_TEST_CASE(what_is_not_kept_has_no_limit_of_its_own) {
  BOOST_TEST(read("data: " + repeated("x", 1'000) + "\n", keep_names) == "{data:~}\n");
  BOOST_TEST(read("data: " + repeated("[", 50) + repeated("]", 50) + "\n", keep_names) ==
             "{data:~}\n");
  BOOST_TEST(read("name: " + repeated("x", 65) + "\n", keep_names) == "1:7: too long\n");
}

BOOST_AUTO_TEST_CASE(limits_are_of_each_document) {
  const std::string document = "[" + repeated("x,", 99) + "]\n";
  BOOST_TEST(!read(document + "---\n" + document).contains("too many"));
  BOOST_TEST(read("[" + repeated("x,", 100) + "]").contains("too many"));
  BOOST_TEST(read(repeated("[", 9) + repeated("]", 9)) == "1:9: too deep\n");
  BOOST_TEST(read(repeated("#", 4'097)) == "1:1: too large\n");
}

BOOST_AUTO_TEST_CASE(says_where_and_nothing_of_the_text) {
  BOOST_TEST(read("a: 1\n---\nb: [secret\n") == "3:5: not YAML: end of sequence flow not found\n");
  BOOST_TEST(read("a: 1\n---\nb: \"secret\n---\nc: 2\n") ==
             "3:1: not YAML: a quote that is opened after this is not closed\n");
  BOOST_TEST(read("a: 1\n---\nb: secret\x01\n") == "3:10: the text holds a control character\n");
  BOOST_TEST(read("? [a]\n: b\n") == "1:3: a key must be text\n");
}

BOOST_AUTO_TEST_CASE(what_no_document_can_begin_with_ends_it) {
  for (const std::string text : {",", "]", "}", "a: 1\n---\n}\n", "---\n]\n---\nb: 2\n"}) {
    BOOST_TEST(read(text).contains("not YAML"), text);
  }
}

BOOST_AUTO_TEST_CASE(what_came_before_the_error_was_given) {
  int given = 0;
  const auto result = read_stream(source("a: 1\n---\n[\n"), rules_with(keep_all),
                                  [&given](const Document& /*document*/) noexcept { ++given; });
  BOOST_TEST(!result.has_value());
  BOOST_TEST(given == 1);
}

BOOST_AUTO_TEST_SUITE_END()
