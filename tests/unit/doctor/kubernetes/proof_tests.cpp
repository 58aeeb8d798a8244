// The lines are given to the shells that they are for, with a kubectl that says
// what it was called with.
#include "doctor/kubernetes/proof.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "support/run_program.hpp"

using blindfold::advice::NamespaceScope;
using blindfold::advice::PermissionScope;
using blindfold::advice::Shell;
using blindfold::doctor::kubernetes_proof_commands;
using blindfold::support::run_program;

namespace {

using Lines = std::vector<std::string>;

PermissionScope scope_of(Lines secrets) {
  NamespaceScope name_space{.name = "app", .secrets = {}, .config_maps = {}};
  for (std::string& secret : secrets) {
    name_space.secrets.push_back({std::move(secret), {}});
  }
  return {"blindfold", "app", {std::move(name_space)}};
}

bool is_comment(const std::string& line) {
  return line.starts_with("# ");
}

std::string run(const Lines& lines, Shell shell) {
  std::string script = "kubectl() { printf '%s|' \"$@\"; echo; }\n";
  for (const std::string& line : lines) {
    script += line + "\n";
  }
  return run_program({shell == Shell::bash ? "bash" : "sh", "-c", script}).out;
}

std::size_t count(const std::string& text, std::string_view part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) {
    ++found;
  }
  return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(proof_tests)

BOOST_AUTO_TEST_CASE(each_verb_that_reads_of_each_secret) {
  const std::string called =
      run(kubernetes_proof_commands(scope_of({"db", "tls"}), "", Shell::sh), Shell::sh);
  for (const char* const verb : {"get", "list", "watch", "patch", "delete"}) {
    for (const char* const secret : {"db", "tls"}) {
      const std::string call = "auth|can-i|" + std::string(verb) + "|secrets/" + secret +
                               "|-n|app|--as=system:serviceaccount:app:blindfold|\n";
      BOOST_TEST(count(called, call) == 1U, call);
    }
  }
  BOOST_TEST(count(called, "auth|can-i|deletecollection|secrets|-n|app|") == 1U);
  BOOST_TEST(count(called, "auth|can-i|--list|-n|app|") == 1U);
}

BOOST_AUTO_TEST_CASE(the_bare_question_and_the_guess_are_dry_runs) {
  const std::string called =
      run(kubernetes_proof_commands(scope_of({"db"}), "", Shell::bash), Shell::bash);
  const std::string bare =
      "create|secret|generic|blindfold-guess|--dry-run=server|-n|app|"
      "--as=system:serviceaccount:app:blindfold|";
  BOOST_TEST(count(called, bare + "\n") == 1U);
  BOOST_TEST(count(called, bare + "--from-literal=guess=x|\n") == 1U);
  BOOST_TEST(count(called, "create|") == count(called, "--dry-run=server"));
  BOOST_TEST(count(called, "get|validatingadmissionpolicy|blindfold-ask-only|-o|yaml|\n") == 1U);
  BOOST_TEST(count(called, "get|validatingadmissionpolicybinding|blindfold-ask-only|") == 1U);
}

BOOST_AUTO_TEST_CASE(a_comment_stands_before_every_kind_of_command) {
  const Lines lines = kubernetes_proof_commands(scope_of({"db"}), "", Shell::bash);
  BOOST_REQUIRE(!lines.empty());
  BOOST_TEST(is_comment(lines.front()));
  const auto after_comment = [&lines](const char* part) {
    const auto found = std::ranges::find_if(
        lines, [part](const std::string& line) { return line.contains(part); });
    return found != lines.begin() && found != lines.end() && is_comment(*(found - 1));
  };
  BOOST_TEST(after_comment("can-i --list"));
  BOOST_TEST(after_comment("--dry-run=server"));
  BOOST_TEST(after_comment("--from-literal"));
  BOOST_TEST(after_comment("kubectl get validatingadmissionpolicy "));
}

BOOST_AUTO_TEST_CASE(a_context_is_named_everywhere_and_quoted) {
  const std::string called =
      run(kubernetes_proof_commands(scope_of({"db"}), "my $(cluster)", Shell::bash), Shell::bash);
  BOOST_TEST(count(called, "|--context=my $(cluster)|") == count(called, "\n"));
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_of_a_namespace_without_secrets) {
  const std::string called =
      run(kubernetes_proof_commands(scope_of({}), "", Shell::bash), Shell::bash);
  BOOST_TEST(count(called, "-n|app") == 0U);
}

BOOST_AUTO_TEST_SUITE_END()
