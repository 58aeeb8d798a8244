#include "show/advice/kubernetes.hpp"

#include <boost/test/unit_test.hpp>

#include "support/standings.hpp"

using namespace blindfold;
using advice::CommandOptions;
using advice::Shell;
using model::Presence;
using Lines = std::vector<std::string>;

namespace {

model::Requirement secret(std::vector<std::string> keys, std::string type = "Opaque",
                          std::string name_space = "app") {
  model::Requirement requirement = support::in_directory("db");
  requirement.locator =
      model::KubernetesLocator{std::move(name_space), "db", std::move(keys), std::move(type)};
  return requirement;
}

Lines advice_for(const model::Requirement& requirement, Presence presence,
                 model::Details details = {}, const CommandOptions& options = {}) {
  support::Standings standings;
  const auto lines =
      advice::commands(standings.add(requirement, presence, std::move(details)), options);
  return lines;
}

void check(const Lines& lines, const Lines& expected) {
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

const model::Requirement db = secret({"password"});
const model::Requirement login = secret({"username", "password"});

const std::string reads = R"(unset V; IFS= read -rs V; printf %s "$V" | )";

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_tests)

BOOST_AUTO_TEST_CASE(creates_as_the_design_says) {
  const Lines created{"# type password, Enter: nothing is shown",
                      reads +
                          "kubectl create secret generic db -n app "
                          "--from-file=password=/dev/stdin; unset V"};
  check(advice_for(db, Presence::missing, {model::SecretMissing{"app", "db", "", ""}}), created);
  check(advice_for(db, Presence::missing), created);
}

BOOST_AUTO_TEST_CASE(several_values_go_to_one_command) {
  check(advice_for(login, Presence::missing),
        {"# type username, Enter, then password, Enter: nothing is shown",
         R"(unset V1 V2; IFS= read -rs V1; IFS= read -rs V2; kubectl create secret generic db )"
         R"(-n app --from-file=username=<(printf %s "$V1") )"
         R"(--from-file=password=<(printf %s "$V2"); unset V1 V2)"});
  BOOST_TEST(advice_for(login, Presence::missing, {}, {.shell = Shell::sh})
                 .back()
                 .contains(R"(printf %s "$V1" | { printf %s "$V2" | kubectl create secret )"
                           R"(generic db -n app --from-file=username=/dev/fd/3 )"
                           R"(--from-file=password=/dev/stdin; } 3<&0 ))"));
}

BOOST_AUTO_TEST_CASE(the_namespace_comes_first_where_it_is_missing) {
  const Lines lines = advice_for(db, Presence::missing, {model::NamespaceMissing{"app"}});
  BOOST_TEST(lines.front() == "kubectl create namespace app");
  BOOST_TEST(lines.back() == advice_for(db, Presence::missing).back());
}

BOOST_AUTO_TEST_CASE(near_misses_are_comments) {
  BOOST_TEST(
      advice_for(db, Presence::missing, {model::SecretMissing{"app", "db", "db-1", ""}}).front() ==
      "# 'there is \"db-1\": if that is it, delete it once this one is there, a Secret cannot be "
      "renamed'");
  BOOST_TEST(
      advice_for(db, Presence::missing, {model::SecretMissing{"app", "db", "", "other"}}).front() ==
      "# 'there is one of this name in namespace \"other\": if that is it, it is needed in "
      "\"app\", a Secret cannot be moved'");
}

BOOST_AUTO_TEST_CASE(completes_by_a_patch_that_leaves_the_rest) {
  const std::string patch =
      " --dry-run=client -o json | kubectl patch secret db -n app --type=merge "
      "--patch-file=/dev/stdin; unset V";
  check(
      advice_for(login, Presence::incomplete,
                 {model::KeysTooFew{1, 2}, model::KeyMissedByPods{"password"}}),
      {"# this adds to it, what else is in it stays", "# type password, Enter: nothing is shown",
       reads + "kubectl create secret generic db -n app --from-file=password=/dev/stdin" + patch});
  const Lines all = advice_for(login, Presence::incomplete, {model::KeysTooFew{1, 2}});
  BOOST_TEST(all.front() ==
             "# it has 1 of 2 keys and the API server does not say which: this writes all, what "
             "else is in it stays");
  BOOST_TEST(all.back().contains("--from-file=username=<("));
  BOOST_TEST(advice_for(db, Presence::empty, {model::SecretEmpty{}}).back().contains(patch));
}

BOOST_AUTO_TEST_CASE(replaces_in_one_update) {
  model::Requirement late = db;
  late.takes_effect = model::TakesEffect::after_restart;
  check(advice_for(late, Presence::present, {model::KeysNotChecked{}}),
        {"# a rotation takes effect after a restart of the application",
         "# this replaces the whole Secret at once, its labels, its annotations and every key",
         "# type password, Enter: nothing is shown",
         reads + "kubectl create secret generic db -n app --from-file=password=/dev/stdin "
                 "--dry-run=client -o yaml | kubectl replace -n app -f -; unset V"});
}

BOOST_AUTO_TEST_CASE(what_cannot_be_changed_is_made_anew) {
  const std::string anew =
      "--dry-run=client -o yaml | kubectl replace -n app --force -f -; unset V";
  const Lines immutable = advice_for(db, Presence::present, {model::RotationUnseen{}});
  BOOST_TEST(immutable.front().contains(
      "it is immutable, or nothing tells whether it is: this deletes it"));
  BOOST_TEST(immutable.back().ends_with(anew));
  const Lines typed =
      advice_for(db, Presence::wrong_type, {model::SecretType{"kubernetes.io/tls", "Opaque"}});
  BOOST_TEST(typed.front().contains("kubernetes.io/tls"));
  BOOST_TEST(typed.at(1) == "# this deletes it and creates it anew, all that is in it");
  BOOST_TEST(typed.back().ends_with(anew));
}

BOOST_AUTO_TEST_CASE(waits_with_the_value_typed) {
  check(advice_for(db, Presence::pending_deletion, {model::BeingDeleted{}}),
        {"# it is being deleted: this takes the new value, waits until it is gone and creates it",
         "# type password, Enter: nothing is shown",
         R"(unset V; IFS= read -rs V; kubectl wait --for=delete secret/db -n app --timeout=5m && )"
         R"(printf %s "$V" | kubectl create secret generic db -n app )"
         R"(--from-file=password=/dev/stdin; unset V)"});
}

BOOST_AUTO_TEST_CASE(a_type_has_its_own_command) {
  check(advice_for(secret({"tls.crt", "tls.key"}, "kubernetes.io/tls"), Presence::missing),
        {"# put in the path of your file for tls.crt and tls.key",
         "kubectl create secret tls db -n app --cert=/path/to/your/tls.crt "
         "--key=/path/to/your/tls.key"});
  check(advice_for(secret({}, "kubernetes.io/dockerconfigjson"), Presence::missing),
        {"# put in the path of your file for .dockerconfigjson",
         "kubectl create secret docker-registry db -n app "
         "--from-file=.dockerconfigjson=/path/to/your/.dockerconfigjson"});
  BOOST_TEST(
      advice_for(secret({"tls.crt", "ca.crt"}, "kubernetes.io/tls"), Presence::missing).back() ==
      "kubectl create secret generic db -n app --type=kubernetes.io/tls "
      "--from-file=tls.crt=/path/to/your/tls.crt --from-file=ca.crt=/path/to/your/ca.crt "
      "--from-file=tls.key=/path/to/your/tls.key");
  BOOST_TEST(advice_for(secret({}, "kubernetes.io/basic-auth"), Presence::missing)
                 .back()
                 .contains("--type=kubernetes.io/basic-auth --from-file=username=<("));
  BOOST_TEST(advice_for(secret({}, "kubernetes.io/ssh-auth"), Presence::missing)
                 .back()
                 .contains("--from-file=ssh-privatekey=/path/to/your/ssh-privatekey"));
  BOOST_TEST(
      advice_for(secret({"a"}, "example.com/kind"), Presence::missing)
          .back()
          .contains("create secret generic db -n app --type=example.com/kind --from-file=a="));
  check(advice_for(secret({}, "kubernetes.io/service-account-token"), Presence::missing),
        {"# the cluster writes this one: create a Secret of this type that names its service "
         "account in an annotation"});
}

BOOST_AUTO_TEST_CASE(an_unnamed_key_is_to_be_put_in) {
  const Lines lines = advice_for(secret({}), Presence::missing);
  BOOST_TEST(lines.at(1) ==
             "# 'the manifest names no key: put its name in for <KEY>, and add "
             "--from-file=KEY=PATH for each further one'");
  BOOST_TEST(lines.back().contains("--from-file='<KEY>'=/dev/stdin"));
}

BOOST_AUTO_TEST_CASE(namespace_and_context_of_the_connection) {
  const CommandOptions options{.name_space = "mine", .context = "prod cluster"};
  const model::Requirement anywhere = secret({"password"}, "Opaque", "");
  BOOST_TEST(
      advice_for(anywhere, Presence::present, {}, options)
          .back()
          .contains("kubectl create secret generic db -n mine --context='prod cluster' "
                    "--from-file=password=/dev/stdin --dry-run=client -o yaml | kubectl replace "
                    "-n mine --context='prod cluster' -f -"));
  BOOST_TEST(advice_for(db, Presence::missing, {}, options).back().contains(" -n app "));
  BOOST_TEST(advice_for(db, Presence::missing, {model::NamespaceMissing{"app"}}, options).front() ==
             "kubectl create namespace app --context='prod cluster'");
  BOOST_TEST(advice_for(anywhere, Presence::missing)
                 .back()
                 .contains("create secret generic db --from-file="));
}

BOOST_AUTO_TEST_CASE(gives_no_command_where_it_is_not_known) {
  for (const Presence presence : {Presence::denied, Presence::unreachable, Presence::unknown}) {
    const Lines lines =
        advice_for(db, presence, {model::PermissionMissing{"update", "secrets", "app", "db"}});
    BOOST_TEST(lines.size() == 2U);
    BOOST_TEST(lines.at(0) == "# it is not known whether it is there");
    BOOST_TEST(lines.at(1).contains("update"));
  }
}

BOOST_AUTO_TEST_CASE(sh_reads_eight_values_and_says_so) {
  const Lines eight = advice_for(secret({"a", "b", "c", "d", "e", "f", "g", "h"}),
                                 Presence::missing, {}, {.shell = Shell::sh});
  BOOST_TEST(eight.back().contains("9<&0"));
  const model::Requirement nine = secret({"a", "b", "c", "d", "e", "f", "g", "h", "i"});
  check(advice_for(nine, Presence::missing, {}, {.shell = Shell::sh}),
        {"# sh cannot read so many values for one command, use agent commands --shell bash"});
  BOOST_TEST(advice_for(nine, Presence::missing).back().contains("--from-file=i=<("));
}

BOOST_AUTO_TEST_CASE(never_a_literal_and_never_apply) {
  for (int presence = 0; presence <= static_cast<int>(Presence::skipped); ++presence) {
    for (const Shell shell : {Shell::bash, Shell::sh}) {
      for (const std::string& line :
           advice_for(login, static_cast<Presence>(presence), {}, {.shell = shell})) {
        BOOST_TEST(!line.contains("--from-literal"));
        BOOST_TEST(!line.contains("kubectl apply"));
        BOOST_TEST(!line.contains("--docker-password"));
      }
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
