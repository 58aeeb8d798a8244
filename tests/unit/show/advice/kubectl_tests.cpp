// Runs the printed commands with a kubectl that stands before the real one:
// what it was given is looked at, what would need a cluster is recorded.
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <sstream>

#include "shelled.hpp"
#include "support/hostile.hpp"

using namespace blindfold;
using advice::Shell;
using advice::tests::Case;
using advice::tests::hostile_value;
using advice::tests::piped;
using advice::tests::printed;
using advice::tests::Shelled;
using advice::tests::shells;
using model::Presence;
using support::contents_of;
using support::ScratchFolder;
namespace fs = std::filesystem;

namespace {

/// Takes the place of kubectl. Each call adds a line to `calls`, copies what it
/// is to make a Secret of to `got-KEY`, and looks at all arguments and
/// environments that there are where LOOK is set.
constexpr std::string_view stand_in = R"(#!/bin/bash
printf '%s\n' "$*" >>"$RECORD/calls"
[[ ! -v LOOK ]] || cat /proc/[0-9]*/{cmdline,environ} 2>/dev/null >>"$RECORD/seen"
case $1 in
  create)
    for word; do
      case $word in
        --from-file=*)
          rest=${word#--from-file=}
          cat "${rest#*=}" >"$RECORD/got-${rest%%=*}" || exit 1 ;;
        --cert=* | --key=*) cat "${word#*=}" >"$RECORD/got${word%%=*}" || exit 1 ;;
      esac
    done
    [[ $* != *--dry-run=client* ]] || printf made
    ;;
  replace | patch) [[ $(cat) == made ]] || exit 1; touch "$RECORD/written" ;;
esac
)";

/// A folder with such a kubectl, and where it writes.
class Kubectl final {
 public:
  Kubectl() {
    fs::create_directory(scratch_.path() / "bin");
    support::write_file(scratch_.path() / "bin" / "kubectl", stand_in);
    fs::permissions(scratch_.path() / "bin" / "kubectl", fs::perms::all);
  }

  /// A line that puts it in the real one's place.
  [[nodiscard]] std::string before() const {
    return "PATH=" + scratch_ / "bin" + ":$PATH RECORD=" + scratch_.path().string() +
           " POSITIVE=control9731; export PATH RECORD POSITIVE\n";
  }

  [[nodiscard]] std::string got(std::string_view key) const {
    return contents_of(scratch_ / ("got-" + std::string(key)));
  }
  [[nodiscard]] std::string calls() const { return contents_of(scratch_ / "calls"); }
  [[nodiscard]] std::string seen() const { return contents_of(scratch_ / "seen"); }
  [[nodiscard]] bool wrote() const { return fs::exists(scratch_.path() / "written"); }
  [[nodiscard]] const ScratchFolder& scratch() const { return scratch_; }

 private:
  ScratchFolder scratch_;
};

model::Requirement secret(std::vector<std::string> keys, std::string type = "Opaque") {
  model::Requirement requirement = support::in_directory("db");
  requirement.locator = model::KubernetesLocator{"app", "db", std::move(keys), std::move(type)};
  return requirement;
}

std::string commands_for(const model::Requirement& requirement, Presence presence, Shell shell,
                         model::Details details = {}) {
  support::Standings standings;
  const auto lines = advice::commands(standings.add(requirement, presence, std::move(details)),
                                      {.shell = shell, .context = "the $cluster's"});
  return printed(lines);
}

std::string every_byte() {
  std::string all;
  for (int byte = 1; byte < 256; ++byte) {
    all += byte == '\n' ? "" : std::string(1, static_cast<char>(byte));
  }
  return all + "\r";
}

const std::vector<Presence> writing{Presence::missing,          Presence::present,
                                    Presence::incomplete,       Presence::empty,
                                    Presence::pending_deletion, Presence::wrong_type};

}  // namespace

BOOST_AUTO_TEST_SUITE(kubectl_tests)

BOOST_AUTO_TEST_CASE(piped_values_arrive_byte_for_byte) {
  const std::vector<std::string> values{hostile_value, every_byte(), "\t#last\\"};
  for (const Case& shell : shells) {
    for (const Presence presence : writing) {
      for (const std::size_t count : {std::size_t{1}, values.size()}) {
        const Kubectl kubectl;
        std::vector<std::string> keys;
        std::string input;
        for (std::size_t i = 0; i < count; ++i) {
          keys.push_back("key-" + std::to_string(i));
          input += values[i] + (i + 1 == count ? "" : "\n");
        }
        const support::Outcome outcome = piped(
            shell, kubectl.before() + commands_for(secret(keys), presence, shell.shell), input);
        BOOST_TEST(outcome.err == "");
        for (std::size_t i = 0; i < count; ++i) {
          BOOST_TEST((kubectl.got(keys[i]) == values[i]), shell.program << " " << i);
        }
        BOOST_TEST(kubectl.calls().contains("--context=the $cluster's"));
        BOOST_TEST(kubectl.wrote() ==
                   (presence != Presence::missing && presence != Presence::pending_deletion));
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(values_are_in_no_argument_and_no_environment) {
  for (const Case& shell : shells) {
    for (const std::vector<std::string>& keys :
         {std::vector<std::string>{"a"}, std::vector<std::string>{"a", "b", "c"}}) {
      const Kubectl kubectl;
      // Variables of those names that are exported must not carry the value on.
      const std::string script = kubectl.before() + "export LOOK= V=x V1=x V2=x V3=x\n" +
                                 commands_for(secret(keys), Presence::present, shell.shell);
      BOOST_TEST(piped(shell, script, "canary5571\ncanary5572\ncanary5573\n").err == "");
      BOOST_TEST(kubectl.got("a") == "canary5571");
      BOOST_TEST(kubectl.seen().contains("POSITIVE=control9731"));
      BOOST_TEST(!kubectl.seen().contains("canary557"));
    }
  }
}

BOOST_AUTO_TEST_CASE(typed_values_are_not_echoed_and_in_no_history) {
  for (const Case& shell : shells) {
    const Kubectl kubectl;
    Shelled shelled(shell, kubectl.scratch());
    shelled.paste(kubectl.before());
    shelled.await_prompt();
    shelled.paste(commands_for(secret({"username", "password"}), Presence::present, shell.shell));
    // At once: between two reads bash shows what is typed, for some microseconds.
    shelled.type_unseen("typed 0:;<=>?@A user\r" + hostile_value + "\r");
    shelled.await_prompt();
    BOOST_TEST(kubectl.got("username") == "typed 0:;<=>?@A user", shell.program);
    BOOST_TEST(kubectl.got("password") == hostile_value);
    BOOST_TEST(shelled.output_of("echo \"[$V1$V2]\"").contains("[]"));
    BOOST_TEST(!shelled.output_of("stty -a").contains("-echo "));
    const std::string history = shelled.leave();
    BOOST_TEST(!shelled.screen().contains("0:;<=>?@A"));
    BOOST_TEST(!history.contains("0:;<=>?@A"));
    BOOST_TEST(shelled.screen().contains("kubectl create secret"));
  }
}

BOOST_AUTO_TEST_CASE(an_interrupt_writes_nothing) {
  for (const Case& shell : shells) {
    const Kubectl kubectl;
    Shelled shelled(shell, kubectl.scratch());
    shelled.paste(kubectl.before());
    shelled.await_prompt();
    shelled.paste(commands_for(secret({"password"}), Presence::present, shell.shell));
    shelled.type_unseen("half a pass\x03");
    shelled.await_prompt();
    BOOST_TEST(kubectl.calls() == "", shell.program);
    BOOST_TEST(!shelled.output_of("stty -a").contains("-echo "));
    shelled.leave();
  }
}

BOOST_AUTO_TEST_CASE(what_was_not_put_in_writes_nothing) {
  for (const Case& shell : shells) {
    for (const Presence presence : writing) {
      for (const auto& [keys, type] : std::vector<std::pair<std::vector<std::string>, std::string>>{
               {{"user", "tls.key"}, "Opaque"},
               {{}, "kubernetes.io/tls"},
               {{}, "kubernetes.io/dockerconfigjson"}}) {
        const Kubectl kubectl;
        const support::Outcome outcome =
            piped(shell, kubectl.before() + commands_for(secret(keys, type), presence, shell.shell),
                  "user\n");
        BOOST_TEST(outcome.err.contains("/path/to/your/"));
        BOOST_TEST(!kubectl.wrote());
      }
    }
  }
}

BOOST_AUTO_TEST_CASE(the_real_kubectl_makes_the_secret_of_it) {
  if (support::run_program({"bash", "-c", "command -v kubectl"}).status != 0) {
    BOOST_TEST_MESSAGE("skipped: there is no kubectl");
    return;
  }
  for (const Case& shell : shells) {
    std::string script =
        commands_for(secret({"username", "pass.word_1"}), Presence::missing, shell.shell);
    // Needs no cluster, and prints the Secret as it would be created.
    const std::size_t context = script.find("--context");
    const std::size_t next = script.find(" --from-file", context);
    script.replace(context, next - context, "--dry-run=client -o jsonpath='{.data}'");
    const support::Outcome outcome = piped(shell, script, hostile_value + "\n# = '\"\n");
    BOOST_TEST(outcome.err == "");
    const auto base64 = [](const std::string& value) {
      return support::run_program({"base64", "-w0"}, value).out;
    };
    BOOST_TEST(outcome.out == R"({"pass.word_1":")" + base64("# = '\"") + R"(","username":")" +
                                  base64(hostile_value) + R"("})");
  }
}

BOOST_AUTO_TEST_CASE(the_real_kubectl_refuses_an_unnamed_key) {
  if (support::run_program({"bash", "-c", "command -v kubectl"}).status != 0) {
    BOOST_TEST_MESSAGE("skipped: there is no kubectl");
    return;
  }
  std::string script = commands_for(secret({}), Presence::missing, Shell::bash);
  script.insert(script.find(" --from-file='"), " --dry-run=client");
  script.erase(script.find(" --context"), script.find(" --dry-run") - script.find(" --context"));
  BOOST_TEST(piped(shells[0], script, "x\n").err.contains("<KEY>"));
}

BOOST_AUTO_TEST_SUITE_END()
