// Runs the printed commands as a customer does: pasted into an interactive
// shell and typed, or with the value on a pipe.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "show/advice/commands.hpp"
#include "support/hostile.hpp"
#include "support/pseudo_terminal.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"
#include "support/standings.hpp"

using namespace blindfold;
using advice::Shell;
using model::Presence;
using support::contents_of;
using support::PseudoTerminal;
using support::ScratchFolder;
namespace fs = std::filesystem;

namespace {

// Everything that a line can hold; no shell, and no terminal, may change it.
const std::string value =
    "  !\"#$%&'()*+,-./0:;<=>?@A[\\]^_`a{|}~ $(id) `id` $V \\n %s \xc3\xa9 -n  ";

struct Case {
  Shell shell;
  std::string program;
};

const std::vector<Case> shells{{Shell::bash, "bash"}, {Shell::sh, "dash"}, {Shell::sh, "bash"}};

std::string commands_for(const model::Requirement& requirement, Presence presence, Shell shell) {
  support::Standings standings;
  const auto lines = advice::commands(standings.add(requirement, presence), {.shell = shell});
  BOOST_REQUIRE(lines.has_value());
  std::string all;
  for (const std::string& line : *lines) {
    all += line + "\n";
  }
  return all;
}

model::Requirement in(const fs::path& folder, std::vector<std::string> keys) {
  model::Requirement requirement = support::in_directory("id", "", {});
  requirement.locator = model::DirectoryLocator{folder.string(), std::move(keys)};
  return requirement;
}

int mode_of(const fs::path& file) {
  return static_cast<int>(fs::status(file).permissions());
}

support::Outcome piped(const Case& shell, const std::string& script, const std::string& input) {
  return support::run_program({shell.program, "-c", script}, input);
}

/// An interactive shell that keeps its history in the scratch folder.
class Shelled final {
 public:
  Shelled(const Case& shell, const ScratchFolder& scratch)
      : history_(scratch.path() / "history"),
        terminal_(shell.program == "bash"
                      ? std::vector<std::string>{"bash", "--norc", "--noprofile", "-i"}
                      : std::vector<std::string>{"dash", "-i"},
                  {"PS1=ready> ", "ENV=", "HISTFILE=" + history_.string()}) {
    await_prompt();
  }

  void await_prompt() { terminal_.read_until("ready> "); }

  /// Pastes lines of which only the last one reads.
  void paste(std::string_view lines) {
    while (!lines.empty()) {
      const std::size_t end = lines.find('\n');
      terminal_.type(std::string(lines.substr(0, end)) + "\r");
      lines.remove_prefix(end + 1);
      if (!lines.empty()) {
        await_prompt();
      }
    }
  }

  void type_unseen(const std::string& line) {
    terminal_.await_unseen_line();
    terminal_.type(line);
  }

  /// What a command prints, run once all that was typed before is done.
  std::string output_of(const std::string& command) {
    terminal_.type("echo be''gin; " + command + "; echo en''d\r");
    terminal_.read_until("begin\r\n");
    const std::string out = terminal_.read_until("end\r\n");
    await_prompt();
    return out;
  }

  std::string leave() {
    terminal_.type("exit\r");
    terminal_.finish();
    return contents_of(history_);
  }

  [[nodiscard]] const std::string& screen() const { return terminal_.screen(); }

 private:
  fs::path history_;
  PseudoTerminal terminal_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(running_tests)

BOOST_AUTO_TEST_CASE(a_piped_value_arrives_byte_for_byte) {
  std::string every_byte;
  for (int byte = 1; byte < 256; ++byte) {
    every_byte += byte == '\n' ? "" : std::string(1, static_cast<char>(byte));
  }
  for (const Case& shell : shells) {
    for (const std::string ending : {"\n", ""}) {
      const ScratchFolder scratch;
      const fs::path folder = scratch.path() / "new" / "folder";
      const auto script = commands_for(in(folder, {"password"}), Presence::missing, shell.shell);
      const support::Outcome outcome = piped(shell, script, every_byte + ending);
      BOOST_TEST(outcome.err == "");
      BOOST_TEST(outcome.out == "");
      BOOST_TEST((contents_of(folder / "password") == every_byte), shell.program);
      BOOST_TEST(mode_of(folder / "password") == 0400);
      BOOST_TEST(mode_of(folder) == 0755);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_typed_value_is_not_echoed_and_in_no_history) {
  for (const Case& shell : shells) {
    const ScratchFolder scratch;
    const fs::path folder = scratch.path() / "folder";
    Shelled shelled(shell, scratch);
    shelled.paste(commands_for(in(folder, {"password"}), Presence::missing, shell.shell));
    shelled.type_unseen(value + "\r");
    shelled.await_prompt();
    BOOST_TEST(contents_of(folder / "password") == value, shell.program);
    BOOST_TEST(shelled.output_of("echo \"[$V]\"").contains("[]"));
    const std::string history = shelled.leave();
    BOOST_TEST(!shelled.screen().contains("0:;<=>?@A"));
    BOOST_TEST(!history.contains("0:;<=>?@A"));
    BOOST_TEST(shelled.screen().contains("install -m 0400"));
    BOOST_TEST((shell.program == "dash" || history.contains("install -m 0400")));
  }
}

BOOST_AUTO_TEST_CASE(several_values_go_to_their_files_at_once) {
  for (const Case& shell : shells) {
    const ScratchFolder scratch;
    const auto login = in(scratch.path(), {"username", "password"});
    support::write_file(scratch.path() / "username", "old user");
    support::write_file(scratch.path() / "password", "old password");
    const std::string script = commands_for(login, Presence::present, shell.shell);
    BOOST_TEST(piped(shell, script, "new user\n" + value + "\n").err == "");
    BOOST_TEST(contents_of(scratch.path() / "username") == "new user");
    BOOST_TEST(contents_of(scratch.path() / "password") == value);
    BOOST_TEST(!fs::exists(scratch.path() / "username.new"));
  }
}

BOOST_AUTO_TEST_CASE(an_interrupt_writes_nothing_and_brings_the_echo_back) {
  for (const Case& shell : shells) {
    const ScratchFolder scratch;
    support::write_file(scratch.path() / "username", "old user");
    support::write_file(scratch.path() / "password", "old password");
    Shelled shelled(shell, scratch);
    shelled.paste(
        commands_for(in(scratch.path(), {"username", "password"}), Presence::present, shell.shell));
    shelled.type_unseen("new user\r");
    // The second is read once the first is written.
    while (!fs::exists(scratch.path() / "username.new")) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    shelled.type_unseen("half a pass\x03");
    shelled.await_prompt();
    BOOST_TEST(contents_of(scratch.path() / "username") == "old user");
    BOOST_TEST(contents_of(scratch.path() / "password") == "old password");
    BOOST_TEST(!fs::exists(scratch.path() / "password.new"));
    BOOST_TEST(!shelled.output_of("stty -a").contains("-echo "), shell.program);
    shelled.leave();
    BOOST_TEST(!shelled.screen().contains("half a pass"));
  }
}

BOOST_AUTO_TEST_CASE(a_value_is_in_no_argument_and_no_environment) {
  for (const Case& shell : shells) {
    const ScratchFolder scratch;
    const fs::path seen = scratch.path() / "seen";
    fs::create_directory(scratch.path() / "bin");
    // Stands before the real install and looks at every process there is.
    support::write_file(scratch.path() / "bin" / "install",
                        "#!/bin/sh\ncat /proc/[0-9]*/cmdline /proc/[0-9]*/environ 2>/dev/null >" +
                            seen.string() + "\nexec /usr/bin/install \"$@\"\n");
    fs::permissions(scratch.path() / "bin" / "install", fs::perms::all);
    const std::string script =
        "PATH=" + (scratch.path() / "bin").string() +
        ":$PATH; POSITIVE=control9731; export POSITIVE\n" +
        commands_for(in(scratch.path(), {"password"}), Presence::present, shell.shell);
    BOOST_TEST(piped(shell, script, "canary5571\n").err == "");
    BOOST_TEST(contents_of(scratch.path() / "password") == "canary5571");
    BOOST_TEST(contents_of(seen).contains("POSITIVE=control9731"));
    BOOST_TEST(!contents_of(seen).contains("canary5571"));
  }
}

BOOST_AUTO_TEST_CASE(names_may_hold_anything) {
  for (const Case& shell : shells) {
    for (std::string name : support::hostile_names()) {
      std::erase(name, '/');
      if (name.empty()) {
        continue;
      }
      const ScratchFolder scratch;
      const fs::path folder = scratch.path() / name;
      const auto requirement = in(folder, {name});
      const support::Outcome created =
          piped(shell, commands_for(requirement, Presence::missing, shell.shell), "first\n");
      BOOST_TEST(created.err == "");
      BOOST_TEST(contents_of(folder / name) == "first");
      const support::Outcome rotated =
          piped(shell, commands_for(requirement, Presence::present, shell.shell), "second\n");
      BOOST_TEST(rotated.err == "");
      BOOST_TEST(contents_of(folder / name) == "second");
      BOOST_TEST(std::distance(fs::directory_iterator(scratch.path()), {}) == 1);
      BOOST_TEST(std::distance(fs::directory_iterator(folder), {}) == 1);
    }
  }
}

BOOST_AUTO_TEST_CASE(a_path_that_was_not_filled_in_changes_nothing) {
  for (const Case& shell : shells) {
    const ScratchFolder scratch;
    support::write_file(scratch.path() / "user", "old user");
    support::write_file(scratch.path() / "tls.key", "old key");
    const std::string script =
        commands_for(in(scratch.path(), {"user", "tls.key"}), Presence::present, shell.shell);
    BOOST_TEST(piped(shell, script, "new user\n").err.contains("/path/to/your/tls.key"));
    BOOST_TEST(contents_of(scratch.path() / "user") == "old user");
    BOOST_TEST(contents_of(scratch.path() / "tls.key") == "old key");
  }
}

BOOST_AUTO_TEST_CASE(a_folder_that_is_there_keeps_its_mode) {
  const ScratchFolder scratch;
  fs::permissions(scratch.path(), fs::perms(0711));
  const std::string script = commands_for(in(scratch.path(), {"a"}), Presence::missing, Shell::sh);
  BOOST_TEST(piped(shells[1], script, "a\n").err == "");
  BOOST_TEST(mode_of(scratch.path()) == 0711);
}

BOOST_AUTO_TEST_SUITE_END()
