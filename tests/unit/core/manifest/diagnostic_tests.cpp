#include "core/manifest/diagnostic.hpp"

#include <boost/test/unit_test.hpp>

#include "core/manifest/problems.hpp"
#include "texts.hpp"

using namespace blindfold::manifest;
using blindfold::manifest::tests::repeated;

namespace {

/// One diagnostic in a file of one line, or of `text`.
std::string rendered(const std::string& text, std::uint32_t line, std::uint32_t column) {
  const Source source{"a.yaml", text, {}};
  return render({{{"a.yaml", line, column}, "wrong", ""}}, {&source, 1});
}

/// The terminal's column of the caret, from 0, of the excerpt's text.
std::size_t caret_of(const std::string& out) {
  const std::size_t line_end = out.rfind('\n');
  const std::size_t begin = out.rfind('\n', line_end - 1) + 1;
  return out.find('^', begin) - begin - std::string_view("      | ").size();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(diagnostic_tests)

BOOST_AUTO_TEST_CASE(shows_the_line_a_caret_and_the_hint) {
  const Source source{"a.yaml", "one: 1\ntwo: 2\nthree: 3", {}};
  const Diagnostics diagnostics{{{"a.yaml", 2, 6}, "not that", "write another"},
                                {{"a.yaml", 3, 1}, "nor that", ""}};
  BOOST_TEST(render(diagnostics, {&source, 1}) ==
             "a.yaml:2:6: not that\n"
             "    2 | two: 2\n"
             "      |      ^\n"
             "      write another\n"
             "a.yaml:3:1: nor that\n"
             "    3 | three: 3\n"
             "      | ^\n");
}

BOOST_AUTO_TEST_CASE(a_file_that_is_not_there_has_no_line) {
  BOOST_TEST(render({{{"b.yaml", 2, 6}, "not that", ""}}, {}) == "b.yaml:2:6: not that\n");
}

BOOST_AUTO_TEST_CASE(a_line_that_is_not_there_is_empty) {
  BOOST_TEST(rendered("one", 7, 3) == "a.yaml:7:3: wrong\n    7 | \n      | ^\n");
}

BOOST_AUTO_TEST_CASE(line_ends_of_windows_are_left_out) {
  BOOST_TEST(rendered("one\r\ntwo\r\n", 1, 1) == "a.yaml:1:1: wrong\n    1 | one\n      | ^\n");
}

BOOST_AUTO_TEST_CASE(the_caret_stands_under_the_character) {
  BOOST_TEST(caret_of(rendered("abcdef", 1, 4)) == 3U);
  BOOST_TEST(caret_of(rendered("\t\tx", 1, 3)) == 8U);      // tabs become four spaces
  BOOST_TEST(caret_of(rendered("密码x", 1, 3)) == 4U);      // two columns each
  BOOST_TEST(caret_of(rendered("e\u0301x", 1, 3)) == 1U);   // an accent takes none
  BOOST_TEST(caret_of(rendered("\u202ex", 1, 2)) == 8U);    // shown as \u{202e}
  BOOST_TEST(caret_of(rendered("\x1b[2Jx", 1, 5)) == 7U);   // shown as \x1b
  BOOST_TEST(caret_of(rendered("\xff\xfex", 1, 3)) == 8U);  // shown as \xff\xfe
  BOOST_TEST(caret_of(rendered("\xef\xbb\xbf"
                               "ab",
                               1, 2)) == 1U);  // a byte order mark
}

BOOST_AUTO_TEST_CASE(nothing_reaches_the_terminal_as_it_is) {
  const Source source{"\x1b[2J.yaml", "a: \x1b[31m\u202e\x07", {}};
  const std::string out =
      render({{{"\x1b[2J.yaml", 1, 1}, "`\x1b]0;x\x07`", "\u2028\r"}}, {&source, 1});
  for (const char* const hostile : {"\x1b", "\x07", "\r", "\u202e", "\u2028"}) {
    BOOST_TEST(out.find(hostile) == std::string::npos);
  }
  BOOST_TEST(out.find("\\x1b[2J.yaml:1:1: `\\x1b]0;x\\x07`") == 0U);
}

BOOST_AUTO_TEST_CASE(a_long_line_is_cut_around_the_column) {
  const std::string text = repeated("a", 500) + "X" + repeated("b", 500);
  const std::string out = rendered(text, 1, 501);
  BOOST_TEST(out == "a.yaml:1:501: wrong\n    1 | …" + repeated("a", 60) + "X" + repeated("b", 38) +
                        "…\n      | " + repeated(" ", 61) + "^\n");
  BOOST_TEST(caret_of(rendered(repeated("密", 1000), 1, 501)) == 121U);
}

BOOST_AUTO_TEST_CASE(fifty_are_shown_and_the_rest_counted) {
  Diagnostics diagnostics(53, {{"a.yaml", 1, 1}, "wrong", ""});
  const std::string out = render(diagnostics, {});
  BOOST_TEST(std::ranges::count(out, '\n') == 51);
  BOOST_TEST(out.ends_with("and 3 more\n"));
  diagnostics.resize(50);
  BOOST_TEST(render(diagnostics, {}).find("more") == std::string::npos);
  diagnostics.resize(kept_diagnostics);
  BOOST_TEST(render(diagnostics, {}).ends_with("and at least 950 more\n"));
}

BOOST_AUTO_TEST_CASE(problems_are_sorted_by_file_line_and_column) {
  Problems problems;
  problems.add({"b", 9, 1}, "1");
  problems.add({"a", 1, 1}, "2");
  problems.add({"b", 2, 7}, "3");
  problems.add({"b", 2, 3}, "4");
  problems.add({"b", 2, 3}, "4");
  std::string order;
  for (const Diagnostic& diagnostic : problems.take()) {
    order += diagnostic.message;
  }
  BOOST_TEST(order == "4312");
}

BOOST_AUTO_TEST_CASE(problems_end_at_a_limit) {
  Problems problems;
  for (std::uint32_t i = 0; i < 2'000; ++i) {
    problems.add({"a", i, 1}, "wrong");
  }
  BOOST_TEST(problems.full());
  BOOST_TEST(problems.take().size() == kept_diagnostics);
}

BOOST_AUTO_TEST_CASE(quoted_names_are_cut_between_characters) {
  BOOST_TEST(quoted("a") == "`a`");
  BOOST_TEST(quoted("") == "an empty text");
  BOOST_TEST(quoted("x" + repeated("é", 100)) == "`x" + repeated("é", 39) + "…`");
}

BOOST_AUTO_TEST_SUITE_END()
