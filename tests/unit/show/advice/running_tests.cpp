// Runs the printed commands as a customer does: pasted into an interactive
// shell and typed, or with the value on a pipe.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <filesystem>
#include <thread>

#include "shelled.hpp"
#include "support/hostile.hpp"

using namespace blindfold;
using advice::Shell;
using advice::tests::Case;
using advice::tests::piped;
using advice::tests::printed;
using advice::tests::Shelled;
using advice::tests::shells;
using model::Presence;
using support::contents_of;
using support::ScratchFolder;
namespace fs = std::filesystem;

namespace {

const std::string& value = advice::tests::hostile_value;

std::string commands_for(const model::Requirement& requirement, Presence presence, Shell shell) {
  support::Standings standings;
  const auto lines = advice::commands(standings.add(requirement, presence), {.shell = shell});
  return printed(lines);
}

model::Requirement in(const fs::path& folder, std::vector<std::string> keys) {
  model::Requirement requirement = support::in_directory("id", "", {});
  requirement.locator = model::DirectoryLocator{folder.string(), std::move(keys)};
  return requirement;
}

int mode_of(const fs::path& file) {
  return static_cast<int>(fs::status(file).permissions());
}

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
