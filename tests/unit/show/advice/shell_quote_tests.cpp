#include "show/advice/shell_quote.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <random>

#include "support/hostile.hpp"
#include "support/pseudo_terminal.hpp"
#include "support/run_program.hpp"

using namespace blindfold;
using advice::comment;
using advice::quote;
using advice::Shell;

namespace {

const char* program(Shell shell) {
  return shell == Shell::bash ? "bash" : "dash";
}

std::vector<std::string> random_names(std::size_t count) {
  std::vector<std::string> names = support::hostile_names();
  std::mt19937 generator(20261123);
  while (names.size() < count) {
    names.push_back(support::random_name(generator));
  }
  return names;
}

/// What a program gets as its arguments, each ended by NUL.
std::string arguments_through(Shell shell, const std::vector<std::string>& names,
                              const std::vector<std::string>& options) {
  std::string script;
  for (std::size_t i = 0; i < names.size(); ++i) {
    script += i % 500 == 0 ? "\n/usr/bin/printf '%s\\0'" : "";
    script += " " + quote(names[i], shell);
  }
  std::vector<std::string> argv{program(shell)};
  argv.insert(argv.end(), options.begin(), options.end());
  return support::run_program(argv, script + "\n").out;
}

std::string ended_by_nul(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) {
    all.append(name).push_back('\0');
  }
  return all;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(shell_quote_tests)

BOOST_AUTO_TEST_CASE(thousands_of_names_arrive_byte_for_byte) {
  const std::vector<std::string> names = random_names(10'000);
  const std::string expected = ended_by_nul(names);
  BOOST_TEST((arguments_through(Shell::bash, names, {}) == expected));
  BOOST_TEST((arguments_through(Shell::sh, names, {}) == expected));
  // What is for sh is for every shell.
  std::string script;
  for (std::size_t i = 0; i < 500; ++i) {
    script += " " + quote(names[i], Shell::sh);
  }
  const std::string in_bash =
      support::run_program({"bash"}, "/usr/bin/printf '%s\\0'" + script + "\n").out;
  BOOST_TEST((in_bash == expected.substr(0, in_bash.size())));
  BOOST_TEST(std::ranges::count(in_bash, '\0') == 500);
}

BOOST_AUTO_TEST_CASE(what_is_pasted_is_visible_and_keeps_its_lines) {
  for (const std::string& name : random_names(2'000)) {
    const std::string word = quote(name, Shell::bash);
    BOOST_TEST(std::ranges::all_of(word, [](char c) { return c >= ' ' && c <= '~'; }), word);
    const std::string portable = quote(name, Shell::sh);
    const auto newlines =
        static_cast<std::ptrdiff_t>(name.size() - (name.find_last_not_of('\n') + 1));
    BOOST_TEST(std::ranges::count(portable, '\n') == newlines);
  }
}

BOOST_AUTO_TEST_CASE(survives_being_pasted_into_an_interactive_shell) {
  std::vector<std::string> names = random_names(60);
  for (const Shell shell : {Shell::bash, Shell::sh}) {
    support::PseudoTerminal terminal(
        shell == Shell::bash ? std::vector<std::string>{"bash", "--norc", "--noprofile", "-i"}
                             : std::vector<std::string>{"dash", "-i"},
        {"PS1=ready> ", "ENV=", "HISTFILE=/dev/null"});
    terminal.read_until("ready> ");
    for (const std::string& name : names) {
      // od shows what came as nothing but digits.
      const std::string digits =
          support::run_program({"od", "-An", "-v", "-tx1"}, name).out.substr(0, 40);
      terminal.type("/usr/bin/printf %s " + quote(name, shell) +
                    " | od -An -v -tx1; echo end''marker\r");
      const std::string shown = terminal.read_until("endmarker");
      std::string first_line = digits.substr(0, digits.find('\n'));
      BOOST_TEST(shown.contains(first_line), "missing" << first_line << " in: " << shown);
      terminal.read_until("ready> ");
    }
    terminal.type("exit\r");
    BOOST_TEST(terminal.finish() == 0);
  }
}

BOOST_AUTO_TEST_CASE(usual_names_stay_as_they_are) {
  BOOST_TEST(quote("/var/lib/app/tls.key", Shell::bash) == "/var/lib/app/tls.key");
  BOOST_TEST(quote("", Shell::sh) == "''");
  BOOST_TEST(quote("two words", Shell::bash) == "'two words'");
  BOOST_TEST(quote("it's", Shell::bash) == R"($'it\047s')");
  BOOST_TEST(quote("it's", Shell::sh) == R"('it'\''s')");
  BOOST_TEST(quote("a\033b", Shell::bash) == R"($'a\033b')");
  BOOST_TEST(quote("a\033b", Shell::sh) == "\"$(printf 'a\\033b')\"");
  BOOST_TEST(quote("~", Shell::sh) == "'~'");
  BOOST_TEST(quote("=ls", Shell::sh) == "'=ls'");
}

BOOST_AUTO_TEST_CASE(a_comment_does_nothing_in_a_shell_without_comments) {
  for (const std::string& name : random_names(500)) {
    const std::string line = comment(name);
    BOOST_TEST(line.starts_with("# "));
    // As in an interactive zsh, where # is no more than the name of a command.
    const std::string as_command = "shown" + line.substr(1);
    const support::Outcome outcome = support::run_program(
        {"bash", "-f", "-c", "shown() { :; }; PATH=/nonexistent; " + as_command});
    BOOST_TEST(outcome.status == 0, line);
    BOOST_TEST(outcome.out + outcome.err == "", line << ": " << outcome.err);
  }
  BOOST_TEST(comment("type password, Enter: nothing is shown") ==
             "# type password, Enter: nothing is shown");
  BOOST_TEST(comment("it's $(id)") == "# 'it’s $(id)'");
  BOOST_TEST(comment("a\n rm -r b") == R"(# 'a\x0a rm -r b')");
}

BOOST_AUTO_TEST_SUITE_END()
