// Runs the printed commands with the real aws command line, against moto's server,
// and with a stand-in that looks at arguments and environments.
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>

#include "platform/json/writer.hpp"
#include "shelled.hpp"

using namespace blindfold;
using advice::tests::Case;
using advice::tests::hostile_value;
using advice::tests::piped;
using advice::tests::printed;
using advice::tests::Shelled;
using advice::tests::shells;
using model::Presence;
using support::contents_of;
namespace fs = std::filesystem;

namespace {

constexpr int not_there = 77;

/// What a command line, a shell or a parser of JSON could take for something else.
const std::vector<std::string> values{hostile_value,
                                      "file:///etc/hostname",
                                      "-rf",
                                      "--secret-string",
                                      "{\"a\": \"b\"}",
                                      "{",
                                      "[1]",
                                      "http://127.0.0.1/x",
                                      "@/etc/os",
                                      "h\xc3\xa9 \xe2\x82\xac \xf0\x9f\x94\x91",
                                      "$HOME ~"};

model::Requirement of(bool parameter, const std::string& name) {
  model::Requirement requirement = support::in_directory("id");
  if (parameter) {
    requirement.locator = model::ParameterStoreLocator{"eu-west-1", name, "SecureString"};
  } else {
    requirement.locator = model::SecretsManagerLocator{"eu-west-1", name};
  }
  return requirement;
}

std::string commands_for(const model::Requirement& requirement, Presence presence,
                         advice::Shell shell) {
  support::Standings standings;
  return printed(advice::commands(standings.add(requirement, presence), {.shell = shell}));
}

std::string base64(const std::string& value) {
  return support::run_program({"base64", "-w0"}, value).out;
}

struct Stored {
  std::string value;
  std::string name;
  bool parameter;
  bool exists;  ///< before the command is run
  Case shell;
};

/// So many of the values in Parameter Store too: the aws command line takes a second
/// for each.
constexpr std::size_t in_both = 5;

/// Each value in a store, in one half of all created and in the other rotated.
std::vector<Stored> all_stored() {
  std::vector<Stored> all;
  for (const bool parameter : {false, true}) {
    for (std::size_t i = 0; i < (parameter ? in_both : values.size()); ++i) {
      all.push_back({values[i], (i % 3 == 0 ? "-name-" : "name-") + std::to_string(i), parameter,
                     (i % 2 == 0) == parameter, shells[(i + (parameter ? 1 : 0)) % shells.size()]});
    }
  }
  return all;
}

std::string as_json(const std::vector<Stored>& all) {
  std::string text;
  json::Writer writer(text);
  writer.begin_array();
  for (const Stored& each : all) {
    const Presence presence = each.exists ? Presence::present : Presence::missing;
    writer.begin_object()
        .member("shell", each.shell.program)
        .member("script", commands_for(of(each.parameter, each.name), presence, each.shell.shell))
        .member("input", base64(each.value + "\n"))
        .member("name", each.name)
        .member("parameter", each.parameter)
        .member("exists", each.exists)
        .end_object();
  }
  writer.end_array();
  return text;
}

/// Takes the place of aws: keeps what it is to read, and looks at all arguments and
/// environments that there are.
constexpr std::string_view stand_in = R"(#!/bin/bash
printf '%s\n' "$*" >>"$RECORD/calls"
for word; do
  [[ $word != file://* ]] || cat "${word#file://}" >"$RECORD/got" || exit 1
done
cat /proc/[0-9]*/{cmdline,environ} 2>/dev/null >>"$RECORD/seen"
)";

class StandIn final {
 public:
  StandIn() {
    fs::create_directory(scratch_.path() / "bin");
    support::write_file(scratch_.path() / "bin" / "aws", stand_in);
    fs::permissions(scratch_.path() / "bin" / "aws", fs::perms::all);
  }

  [[nodiscard]] std::string before() const {
    return "PATH=" + scratch_ / "bin" + ":$PATH RECORD=" + scratch_.path().string() +
           " POSITIVE=control9731; export PATH RECORD POSITIVE\n";
  }
  [[nodiscard]] std::string read(const std::string& name) const {
    return contents_of(scratch_ / name);
  }
  [[nodiscard]] const support::ScratchFolder& scratch() const { return scratch_; }

 private:
  support::ScratchFolder scratch_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_cli_tests)

BOOST_AUTO_TEST_CASE(the_real_aws_stores_values_byte_for_byte) {
  const char* const program = std::getenv("STORED_BY_AWS");
  if (program == nullptr) {
    BOOST_TEST_MESSAGE("skipped: STORED_BY_AWS is not set, meson test sets it");
    return;
  }
  const std::vector<Stored> all = all_stored();
  const support::Outcome outcome = support::run_program({"python3", program}, as_json(all));
  if (outcome.status == not_there) {
    BOOST_TEST_MESSAGE("skipped: aws or moto is not there");
    return;
  }
  BOOST_TEST(outcome.status == 0);
  std::istringstream lines(outcome.out);
  for (const Stored& each : all) {
    std::string line;
    std::getline(lines, line);
    const std::string type = each.parameter ? "SecureString:" : "";
    BOOST_TEST(line == base64(type + each.value), each.name << " " << each.shell.program);
  }
}

BOOST_AUTO_TEST_CASE(values_are_in_no_argument_and_no_environment) {
  for (const Case& shell : shells) {
    for (const bool parameter : {false, true}) {
      const StandIn aws;
      const std::string script = aws.before() + "export V=x\n" +
                                 commands_for(of(parameter, "a"), Presence::present, shell.shell);
      BOOST_TEST(piped(shell, script, "canary5571\n").err == "");
      BOOST_TEST(aws.read("got") == "canary5571");
      BOOST_TEST(aws.read("seen").contains("POSITIVE=control9731"));
      BOOST_TEST(!aws.read("seen").contains("canary557"));
    }
  }
}

BOOST_AUTO_TEST_CASE(typed_values_are_not_echoed_and_in_no_history) {
  for (const Case& shell : shells) {
    const StandIn aws;
    Shelled shelled(shell, aws.scratch());
    shelled.paste(aws.before());
    shelled.await_prompt();
    shelled.paste(commands_for(of(false, "prod/a"), Presence::missing, shell.shell));
    shelled.type_unseen(hostile_value + "\r");
    shelled.await_prompt();
    BOOST_TEST(aws.read("got") == hostile_value, shell.program);
    BOOST_TEST(shelled.output_of("echo \"[$V]\"").contains("[]"));
    BOOST_TEST(!shelled.output_of("stty -a").contains("-echo "));
    const std::string history = shelled.leave();
    BOOST_TEST(!shelled.screen().contains("0:;<=>?@A"));
    BOOST_TEST(!history.contains("0:;<=>?@A"));
  }
}

BOOST_AUTO_TEST_CASE(an_interrupt_calls_nothing) {
  for (const Case& shell : shells) {
    const StandIn aws;
    Shelled shelled(shell, aws.scratch());
    shelled.paste(aws.before());
    shelled.await_prompt();
    shelled.paste(commands_for(of(true, "/a"), Presence::present, shell.shell));
    shelled.type_unseen("half a pass\x03");
    shelled.await_prompt();
    BOOST_TEST(!fs::exists(aws.scratch().path() / "calls"), shell.program);
    BOOST_TEST(!shelled.output_of("stty -a").contains("-echo "));
    shelled.leave();
  }
}

BOOST_AUTO_TEST_SUITE_END()
