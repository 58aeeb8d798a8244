// The lines are given to the shells that they are for.
#include "doctor/files/proof.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>

#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"

using blindfold::advice::Shell;
using blindfold::doctor::Account;
using blindfold::doctor::proof_commands;
using blindfold::support::run_program;
using blindfold::support::ScratchFolder;

namespace {

using Lines = std::vector<std::string>;

std::string only_line(const Account& account, const std::string& path, Shell shell) {
  const Lines lines = proof_commands(account, Lines{path}, shell);
  BOOST_REQUIRE(lines.size() == 1);
  return lines.front();
}

/// The arguments that the line gives to sudo, each ended by "|".
std::string arguments(const std::string& line, Shell shell) {
  // The line's own redirection is kept from hiding them.
  const std::string sudo = "sudo() { printf '%s|' \"$@\" >&3; }; ";
  return run_program({shell == Shell::bash ? "bash" : "sh", "-c", "exec 3>&1; " + sudo + line}).out;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proof_tests)

BOOST_AUTO_TEST_CASE(a_user_by_name_and_by_number) {
  BOOST_TEST(only_line({1000, "blindfold"}, "/run/secrets/tls.key", Shell::bash) ==
             "sudo -u blindfold cat -- /run/secrets/tls.key > /dev/null");
  BOOST_TEST(only_line({1000, ""}, "/a", Shell::sh) == "sudo -u '#1000' cat -- /a > /dev/null");
}

BOOST_AUTO_TEST_CASE(names_with_any_characters_reach_cat_as_they_are) {
  for (const char* name : {"/with space", "/quote'\"`$(id)!\\", "/new\nline", "/end\n",
                           "/\x1b[31mred", "/\xe2\x80\xaeright", "/\xff", "/*?[a]~#;&|<>"}) {
    for (const Shell shell : {Shell::bash, Shell::sh}) {
      const std::string line = only_line({1000, "agent"}, name, shell);
      BOOST_TEST(arguments(line, shell) == "-u|agent|cat|--|" + std::string(name) + "|");
      BOOST_TEST((line.find('\x1b') == std::string::npos));
    }
  }
}

BOOST_AUTO_TEST_CASE(roots_line_fails_where_root_without_capabilities_may_not_read) {
  const ScratchFolder scratch;
  const std::string path = scratch.file("another's", 0400);
  BOOST_REQUIRE(::chown(path.c_str(), 1234, 1234) == 0);
  const auto status = [](const std::string& file) {
    return run_program(
               {"sh", "-c", "sudo() { \"$@\"; }; " + only_line({0, "root"}, file, Shell::sh)})
        .status;
  };
  BOOST_TEST(status(path) == 1);
  BOOST_TEST(status(scratch.file("readable", 0444)) == 0);
}

BOOST_AUTO_TEST_CASE(a_value_that_can_be_read_is_not_shown) {
  const ScratchFolder scratch;
  const std::string line = only_line({0, "root"}, scratch.file("readable"), Shell::sh);
  const auto outcome = run_program({"sh", "-c", "sudo() { \"$@\"; }; " + line});
  BOOST_TEST(outcome.status == 0);
  BOOST_TEST(outcome.out == "");
}

BOOST_AUTO_TEST_CASE(one_line_for_each_path) {
  const Lines paths{"/a", "/b", "/c"};
  BOOST_TEST(proof_commands({1000, "agent"}, paths, Shell::bash).size() == 3);
  BOOST_TEST(proof_commands({1000, "agent"}, Lines{}, Shell::bash).empty());
}

BOOST_AUTO_TEST_SUITE_END()
