#include "app/options.hpp"

#include <boost/test/data/monomorphic.hpp>
#include <boost/test/data/test_case.hpp>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <ostream>

#include "command_lines.hpp"
#include "platform/base/utf8.hpp"

using namespace std::chrono_literals;
using blindfold::advice::Shell;
using blindfold::app::CheckCommand;
using blindfold::app::CommandsCommand;
using blindfold::app::DoctorCommand;
using blindfold::app::EarlyExit;
using blindfold::app::OnceCommand;
using blindfold::app::Options;
using blindfold::app::PermissionsCommand;
using blindfold::app::ReportFormat;
using blindfold::app::RunCommand;
using blindfold::log::Format;
using blindfold::log::Level;

using blindfold::support::parse;
namespace data = boost::unit_test::data;

namespace {

using Arguments = std::vector<std::string>;

Options options(const Arguments& arguments) {
  auto parsed = parse(arguments);
  if (const auto* const exit = std::get_if<EarlyExit>(&parsed)) {
    BOOST_FAIL(exit->error + exit->output);
  }
  return std::get<Options>(std::move(parsed));
}

template <class Command>
Command command(const Arguments& arguments) {
  return std::get<Command>(options(arguments).command);
}

struct Mistake {
  Arguments arguments;
  std::string_view what;
  std::string_view hint;  ///< may be empty
  std::string_view help = "agent --help";
};

std::ostream& operator<<(std::ostream& out, const Mistake& mistake) {
  out << "agent";
  for (const std::string& argument : mistake.arguments) {
    out << " '" << argument << "'";
  }
  return out;
}

std::string expected(const Mistake& mistake) {
  std::string text = "agent: " + std::string(mistake.what) + "\n";
  if (!mistake.hint.empty()) {
    text += "  " + std::string(mistake.hint) + "\n";
  }
  return text + "  see " + std::string(mistake.help) + "\n";
}

constexpr std::string_view duration_hint = "write a duration from 1ms to 24h: 500ms, 30s, 5m, 1h";

const std::vector<Mistake> mistakes{
    // Names.
    {{"--confg", "x"}, R"(agent has no option "--confg")", R"(did you mean "--config"?)"},
    {{"--confg=x"}, R"(agent has no option "--confg")", R"(did you mean "--config"?)"},
    {{"-once"}, R"(agent has no option "-once")", R"(did you mean "--once"?)"},
    {{"-x"}, R"(agent has no option "-x")", ""},
    {{"chek", "x"}, R"(there is no command "chek")", R"(did you mean "check"?)"},
    {{"manifest.yaml"},
     R"(there is no command "manifest.yaml")",
     "a manifest or a configuration is named with --config FILE"},
    {{""}, R"(there is no command "")", ""},
    {{"check", "a.yaml", "--ofline"},
     R"(agent check has no option "--ofline")",
     "",
     "agent check --help"},
    {{"commands", "--ofline"},
     R"(agent commands has no option "--ofline")",
     R"(did you mean "--offline"?)",
     "agent commands --help"},
    {{"--offline", "commands"},
     R"(agent commands has no option "--offline")",
     R"("--offline" goes after the command: agent commands --offline)",
     "agent commands --help"},
    {{"--offline"},
     R"(agent has no option "--offline")",
     R"("--offline" goes after the command: agent commands --offline)"},
    {{"check", "a.yaml", "b.yaml"},
     R"("b.yaml" is one argument too many for agent check)",
     "",
     "agent check --help"},
    {{"check", "--", "a.yaml", "b.yaml"},
     R"("b.yaml" is one argument too many for agent check)",
     "",
     "agent check --help"},
    {{"check", "--"}, "agent check: FILE is missing", "", "agent check --help"},
    {{"--", "check"}, R"("check" is one argument too many for agent)", ""},
    {{"doctor", "--", "--x"},
     R"("--x" is one argument too many for agent doctor)",
     "",
     "agent doctor --help"},
    {{"doctor", "check"},
     R"("check" is one argument too many for agent doctor)",
     "",
     "agent doctor --help"},
    // Values that are missing, too many or empty.
    {{"check"}, "agent check: FILE is missing", "", "agent check --help"},
    {{"permissions"}, "agent permissions: --for STORE is missing", "", "agent permissions --help"},
    {{"--config"}, "--config: FILE is missing", ""},
    {{"--config", "--once"},
     R"(--config: FILE is missing before "--once")",
     R"(for a file of that name write "./--once")"},
    {{"--config="}, R"("--config=" has no value)", ""},
    {{"--config=", "--once"}, R"("--config=" has no value)", ""},
    {{"--config", ""}, "--config: FILE is empty", ""},
    {{"check", ""}, "FILE is empty", "", "agent check --help"},
    {{"commands", ""}, "ID is empty", "", "agent commands --help"},
    {{"commands", "--profile", ""}, "--profile: NAME is empty", "", "agent commands --help"},
    {{"commands", "--owner", ""}, "--owner: USER is empty", "", "agent commands --help"},
    {{"permissions", "--for", "files", "--agent-user", ""},
     "--agent-user: USER is empty",
     "",
     "agent permissions --help"},
    {{"--config", "a", "--config", "b"}, "--config is given twice", ""},
    {{"--once", "--wait", "1s", "--wait", "2s"}, "--wait is given twice", ""},
    {{"--once=yes"}, "--once takes no value", ""},
    // Values that are wrong.
    {{"--once", "--timeout", "0s"}, R"(--timeout: "0s" is too short)", duration_hint},
    {{"--once", "--timeout", "0ms"}, R"(--timeout: "0ms" is too short)", duration_hint},
    {{"--once", "--timeout", "25h"}, R"(--timeout: "25h" is too long)", duration_hint},
    {{"--once", "--timeout", "-1s"}, R"(--timeout: "-1s" is not a duration)", duration_hint},
    {{"--once", "--timeout=-1s"}, R"(--timeout: "-1s" is not a duration)", duration_hint},
    {{"--once", "--timeout", "1.5s"}, R"(--timeout: "1.5s" is not a duration)", duration_hint},
    {{"--once", "--timeout", "30"}, R"(--timeout: "30" is not a duration)", duration_hint},
    {{"--once", "--timeout", ""}, R"(--timeout: "" is not a duration)", duration_hint},
    {{"--once", "--wait", "soon"}, R"(--wait: "soon" is not a duration)", duration_hint},
    {{"--once", "--format", "jsn"},
     R"(--format: "jsn" is not one of text, json or junit)",
     R"(did you mean "json"?)"},
    {{"--once", "--format", ""}, R"(--format: "" is not one of text, json or junit)", ""},
    {{"--log-format", "journal"}, R"(--log-format: "journal" is not one of text or json)", ""},
    {{"--log-level", "INFO"},
     R"(--log-level: "INFO" is not one of trace, debug, info, warning, error or off)",
     R"(did you mean "info"?)"},
    {{"commands", "--shell", "fish"},
     R"(--shell: "fish" is not one of bash or sh)",
     "",
     "agent commands --help"},
    {{"permissions", "--for", "awz"},
     R"(--for: "awz" is not one of files, kubernetes or aws)",
     R"(did you mean "aws"?)",
     "agent permissions --help"},
    // What does not go together.
    {{"--once", "--wait", "1s", "--timeout", "1s"},
     "--wait and --timeout do not go together",
     "--wait replaces --timeout: give one of them"},
    {{"permissions", "--for", "files", "--faster"},
     "--faster goes with --for kubernetes alone",
     "agent permissions --for kubernetes --faster",
     "agent permissions --help"},
    {{"--format", "json"}, "--format goes with --once alone", "agent --once --format FORMAT"},
    {{"--wait", "1s"}, "--wait goes with --once alone", "agent --once --wait DURATION"},
    {{"--timeout", "1s"}, "--timeout goes with --once alone", "agent --once --timeout DURATION"},
    {{"doctor", "--format", "json"},
     "--format goes with --once alone",
     "agent --once --format FORMAT",
     "agent doctor --help"},
    {{"--once", "commands"},
     "--once does not go with the command commands",
     "look with agent --once, or run agent commands",
     "agent commands --help"},
    {{"check", "x", "--once"},
     "--once does not go with the command check",
     "look with agent --once, or run agent check",
     "agent check --help"},
    {{"--config", "y", "check", "x"},
     "--config does not go with the command check",
     "name the file alone: agent check FILE",
     "agent check --help"},
    // What a terminal would obey, and what is no text at all.
    {{"\x1b[2J"}, R"(there is no command "\x1b[2J")", ""},
    {{"--\x1b]0;x\x07"}, R"(agent has no option "--\x1b]0;x\x07")", ""},
    {{"--\xff\xfe"}, R"(agent has no option "--\xff\xfe")", ""},
    {{"check", "a", "\xe2\x80\xaegnp"},
     R"("\u{202e}gnp" is one argument too many for agent check)",
     "",
     "agent check --help"},
    {{"--once", "--format", "a\nb"}, R"(--format: "a\x0ab" is not one of text, json or junit)", ""},
    {{"--config", "--\x1b[2J"},
     R"(--config: FILE is missing before "--\x1b[2J")",
     R"(for a file of that name write "./--\x1b[2J")"},
    {{"--once", "--timeout", "1\xc3"}, R"(--timeout: "1\xc3" is not a duration)", duration_hint},
    {{"--once=\x1b[2J"}, "--once takes no value", ""},
};

}  // namespace

BOOST_AUTO_TEST_SUITE(options_tests)

BOOST_DATA_TEST_CASE(each_mistake_is_told_with_what_to_do, data::make(mistakes), mistake) {
  const auto parsed = parse(mistake.arguments);
  const auto* const exit = std::get_if<EarlyExit>(&parsed);
  BOOST_REQUIRE(exit != nullptr);
  BOOST_TEST(exit->status == 2);
  BOOST_TEST(exit->output == "");
  BOOST_TEST(exit->error == expected(mistake));
}

BOOST_AUTO_TEST_CASE(a_long_argument_is_cut) {
  std::string wide;
  for (int i = 0; i < 100'000; ++i) {
    wide += "\xc3\xa9";
  }
  const auto parsed = parse({"--" + wide});
  const std::string& error = std::get<EarlyExit>(parsed).error;
  BOOST_TEST(error.size() < 300);
  BOOST_TEST(error.find("\"…\n") != std::string::npos);
  BOOST_TEST(!blindfold::base::first_invalid_utf8(error).has_value());
}

BOOST_DATA_TEST_CASE(nothing_at_all_runs, data::make({0, 1}), dashes) {
  const Options given = options(dashes == 1 ? Arguments{"--"} : Arguments{});
  BOOST_TEST(std::holds_alternative<RunCommand>(given.command));
  BOOST_TEST(!given.config.has_value());
  BOOST_TEST(!given.log_format.has_value());
  BOOST_TEST(!given.log_level.has_value());
}

BOOST_AUTO_TEST_CASE(no_program_name_is_no_trouble) {
  const char* const nothing = nullptr;
  BOOST_TEST(std::holds_alternative<Options>(blindfold::app::parse_options(0, &nothing)));
}

BOOST_AUTO_TEST_CASE(options_stand_before_and_after_the_command) {
  for (const Arguments& arguments :
       {Arguments{"--config", "c.yaml", "--log-level", "debug", "doctor"},
        Arguments{"doctor", "--config=c.yaml", "--log-level=debug"},
        Arguments{"--log-level", "debug", "doctor", "--config", "c.yaml"}}) {
    const Options given = options(arguments);
    BOOST_TEST(std::holds_alternative<DoctorCommand>(given.command));
    BOOST_TEST(given.config.value() == "c.yaml");
    BOOST_CHECK(given.log_level == Level::debug);
  }
}

BOOST_AUTO_TEST_CASE(the_log_has_a_format_and_a_level) {
  BOOST_CHECK(options({"--log-format", "json"}).log_format == Format::json);
  BOOST_CHECK(options({"--log-format", "text"}).log_format == Format::text);
  for (const Level level :
       {Level::trace, Level::debug, Level::info, Level::warning, Level::error, Level::off}) {
    BOOST_CHECK(options({"--log-level", std::string(to_string(level))}).log_level == level);
  }
}

BOOST_AUTO_TEST_CASE(once_takes_times_and_a_format) {
  const auto plain = command<OnceCommand>({"--once"});
  BOOST_CHECK(plain.timeout == 30s);
  BOOST_TEST(!plain.wait.has_value());
  BOOST_CHECK(plain.format == ReportFormat::text);
  const auto timed = command<OnceCommand>({"--once", "--timeout", "1ms", "--format", "json"});
  BOOST_CHECK(timed.timeout == 1ms);
  BOOST_CHECK(timed.format == ReportFormat::json);
  const auto waiting = command<OnceCommand>({"--format", "junit", "--wait", "24h", "--once"});
  BOOST_CHECK(waiting.wait.value() == 24h);
  BOOST_CHECK(waiting.format == ReportFormat::junit);
}

BOOST_AUTO_TEST_CASE(commands_take_ids_that_may_look_like_anything) {
  BOOST_TEST(command<CommandsCommand>({"commands"}).ids.empty());
  const auto given = command<CommandsCommand>({"commands", "tls", "check", "--shell", "sh",
                                               "--offline", "--owner", "app", "--", "--x", "y"});
  const Arguments ids{"tls", "check", "--x", "y"};
  BOOST_TEST(given.ids == ids, boost::test_tools::per_element());
  BOOST_CHECK(given.shell == Shell::sh);
  BOOST_TEST(given.offline);
  BOOST_TEST(given.owner == "app");
  BOOST_TEST(given.profile == "");
  BOOST_TEST(command<CommandsCommand>({"commands", "--profile", "ops"}).profile == "ops");
}

BOOST_AUTO_TEST_CASE(permissions_take_users) {
  const auto given = command<PermissionsCommand>(
      {"permissions", "--for", "files", "--agent-user", "watcher", "--application-user", "app"});
  BOOST_TEST(given.agent_user == "watcher");
  BOOST_TEST(given.application_user == "app");
  BOOST_TEST(command<PermissionsCommand>({"permissions", "--for=files"}).agent_user == "blindfold");
}

BOOST_AUTO_TEST_CASE(permissions_are_for_one_store) {
  const auto given = command<PermissionsCommand>({"permissions", "--for", "kubernetes"});
  BOOST_CHECK(given.store == blindfold::app::PermissionStore::kubernetes);
  BOOST_TEST(!given.faster);
  BOOST_CHECK(command<PermissionsCommand>({"permissions", "--for", "aws"}).store ==
              blindfold::app::PermissionStore::aws);
  BOOST_TEST(
      command<PermissionsCommand>({"permissions", "--for", "kubernetes", "--faster"}).faster);
}

BOOST_AUTO_TEST_CASE(a_cluster_is_chosen_anywhere) {
  const auto parsed = parse({"--once", "--context", "prod", "--namespace", "app"});
  BOOST_TEST((std::get<Options>(parsed).context == "prod"));
  BOOST_TEST((std::get<Options>(parsed).name_space == "app"));
  const auto behind = parse({"doctor", "--context", "prod"});
  BOOST_TEST((std::get<Options>(behind).context == "prod"));
  BOOST_TEST(!std::get<Options>(behind).name_space.has_value());
}

BOOST_AUTO_TEST_CASE(the_doctor_may_print_commands) {
  BOOST_TEST(!command<DoctorCommand>({"doctor"}).commands);
  BOOST_TEST(command<DoctorCommand>({"doctor", "--commands"}).commands);
}

BOOST_AUTO_TEST_CASE(a_file_may_begin_with_a_dash_after_two) {
  BOOST_TEST(command<CheckCommand>({"check", "m.yaml"}).file == "m.yaml");
  BOOST_TEST(command<CheckCommand>({"check", "--", "--m.yaml"}).file == "--m.yaml");
  BOOST_TEST(command<CheckCommand>({"check", "--", "--x="}).file == "--x=");
  BOOST_TEST(command<CheckCommand>({"check", "\xff\x1b"}).file == "\xff\x1b");
}

BOOST_AUTO_TEST_CASE(the_version_is_one_line) {
  const auto parsed = parse({"--version"});
  const auto& exit = std::get<EarlyExit>(parsed);
  BOOST_TEST(exit.status == 0);
  BOOST_TEST(exit.error == "");
  BOOST_TEST(exit.output.starts_with("agent "));
  BOOST_TEST(exit.output.find('\n') == exit.output.size() - 1);
}

BOOST_AUTO_TEST_SUITE_END()
