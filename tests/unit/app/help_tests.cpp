#include "app/help.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <sstream>

#include "command_lines.hpp"

using blindfold::app::EarlyExit;
using blindfold::support::parse;

namespace {

std::string help(std::vector<std::string> arguments) {
  arguments.emplace_back("--help");
  const auto parsed = parse(arguments);
  const auto* const exit = std::get_if<EarlyExit>(&parsed);
  BOOST_REQUIRE(exit != nullptr);
  BOOST_TEST(exit->status == 0);
  BOOST_TEST(exit->error == "");
  return exit->output;
}

bool has(const std::string& text, std::string_view part) {
  return text.find(part) != std::string::npos;
}

const std::vector<std::string> commands{"commands", "permissions", "doctor", "check"};

}  // namespace

BOOST_AUTO_TEST_SUITE(help_tests)

BOOST_AUTO_TEST_CASE(the_first_lines_say_what_it_is_and_how_it_is_called) {
  const std::string text = help({});
  BOOST_TEST(text.starts_with("agent knows which credentials an application needs, sees whether"));
  BOOST_TEST(has(text,
                 "\nUsage:\n"
                 "  agent [OPTIONS]\n"
                 "  agent [OPTIONS] COMMAND [ARGUMENTS]\n"));
}

BOOST_AUTO_TEST_CASE(commands_stand_in_one_order_with_their_arguments) {
  const std::string text = help({});
  std::size_t last = text.find("\nCommands:\n");
  for (const std::string_view line :
       {"\n  commands [ID...]  ", "\n  permissions  ", "\n  doctor  ", "\n  check FILE  "}) {
    const std::size_t found = text.find(line);
    BOOST_REQUIRE(found != std::string::npos);
    BOOST_TEST(found > last);
    last = found;
  }
}

BOOST_AUTO_TEST_CASE(options_stand_in_groups) {
  const std::string text = help({});
  const std::size_t options = text.find("\nOptions:\n");
  const std::size_t with_once = text.find("\nWith --once:\n");
  BOOST_TEST(options < text.find("\n  --config FILE  "));
  BOOST_TEST(text.find("\n  --once  ") < with_once);
  BOOST_TEST(text.find("\n  -h, --help  ") < with_once);
  for (const std::string_view option :
       {"\n  --format FORMAT  ", "\n  --timeout DURATION  ", "\n  --wait DURATION  "}) {
    BOOST_TEST(text.find(option) != std::string::npos);
    BOOST_TEST(text.find(option) > with_once);
  }
}

BOOST_AUTO_TEST_CASE(every_exit_status_is_told) {
  const std::string text = help({});
  for (const std::string_view line : {"\n  0  ", "\n  1  ", "\n  2  ", "\n  3  "}) {
    BOOST_TEST(has(text, line), line);
  }
}

BOOST_AUTO_TEST_CASE(each_command_has_one_example_and_its_usage) {
  for (const std::string& command : commands) {
    const std::string text = help({command});
    BOOST_TEST(has(text, "\nUsage:\n  agent " + command + " "), command);
    BOOST_TEST(has(text, "\nExample:\n  agent "), command);
    BOOST_TEST(!has(text, "A first session"), command);
  }
  BOOST_TEST(has(help({"permissions"}), "  agent permissions --for STORE [OPTIONS]\n"));
  BOOST_TEST(has(help({"check"}), "  agent check [OPTIONS] FILE\n"));
  BOOST_TEST(has(help({"commands"}), "  agent commands [OPTIONS] [ID...]\n"));
}

BOOST_AUTO_TEST_CASE(no_line_is_wider_than_80_columns_or_ends_in_a_space) {
  std::vector<std::string> texts{help({})};
  std::ranges::transform(commands, std::back_inserter(texts),
                         [](const std::string& command) { return help({command}); });
  for (const std::string& text : texts) {
    BOOST_TEST(text.ends_with(".\n"));
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      BOOST_TEST(line.size() <= 80, line);
      BOOST_TEST(!line.ends_with(' '), line);
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_of_the_parser_shows) {
  for (const std::string_view noise :
       {"REQUIRED", "Needs:", "Excludes:", "{", "->", ":FILE", "SUBCOMMAND", "Positionals"}) {
    BOOST_TEST(!has(help({}), noise), noise);
    for (const std::string& command : commands) {
      BOOST_TEST(!has(help({command}), noise), command + ": " + std::string(noise));
    }
  }
}

BOOST_AUTO_TEST_CASE(a_short_name_and_any_place_will_do) {
  const std::string check = help({"check"});
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"check", "-h"},
                                             {"--help", "check"},
                                             {"check", "x.yaml", "--help"},
                                             {"check", "--nonsense", "--help"}}) {
    const auto parsed = parse(arguments);
    const auto* const exit = std::get_if<EarlyExit>(&parsed);
    BOOST_REQUIRE(exit != nullptr);
    BOOST_TEST(exit->output == check);
  }
}

BOOST_AUTO_TEST_SUITE_END()
