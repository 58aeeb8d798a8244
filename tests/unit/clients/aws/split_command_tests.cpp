#include "clients/aws/split_command.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <vector>

using blindfold::aws::split_command;

namespace {

/// Each word in brackets.
std::string words(std::string_view command) {
  const auto split = split_command(command);
  std::string text = split ? "" : "not a command";
  for (const std::string& word : split.value_or(std::vector<std::string>())) {
    text += '[' + word + ']';
  }
  return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(split_command_tests)

// Each as Python's shlex.split answers.
BOOST_AUTO_TEST_CASE(words_are_split_as_the_aws_command_line_splits_them) {
  BOOST_TEST(words("") == "");
  BOOST_TEST(words("  \t ") == "");
  BOOST_TEST(words("/opt/bin/keys --profile x") == "[/opt/bin/keys][--profile][x]");
  BOOST_TEST(words("  a\tb  c ") == "[a][b][c]");
  BOOST_TEST(words("a 'b c' d") == "[a][b c][d]");
  BOOST_TEST(words(R"("a b"c'd e' f)") == "[a bcd e][f]");
  BOOST_TEST(words(R"(a\ b c\\d \'e)") == R"([a b][c\d]['e])");
  BOOST_TEST(words(R"("a\"b" "c\\d" "e\nf" "\$g")") == R"([a"b][c\d][e\nf][\$g])");
  BOOST_TEST(words(R"('a\b' '')") == R"([a\b][])");
  BOOST_TEST(words("a # b $HOME ~ *") == "[a][#][b][$HOME][~][*]");
}

BOOST_AUTO_TEST_CASE(a_quote_has_its_end_and_a_backslash_something_after_it) {
  BOOST_TEST(words("a 'b") == "not a command");
  BOOST_TEST(words("a \"b") == "not a command");
  BOOST_TEST(words("\"b\\") == "not a command");
  BOOST_TEST(words("a \\") == "not a command");
}

BOOST_AUTO_TEST_SUITE_END()
