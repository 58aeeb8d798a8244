#include "app/kubernetes_words.hpp"

#include <boost/test/unit_test.hpp>
#include <string_view>

namespace blindfold::app {
namespace {

using detect::Policy;
using doctor::KubernetesReport;
using doctor::NamespaceProof;
using doctor::PolicyFlaw;
using doctor::PolicyProof;
using doctor::Reply;
using doctor::Trial;
using model::SightLevel;
using model::SightReason;

const Trial refused{.reply = Reply::refused};
const Trial by_policy{.reply = Reply::refused, .policy = "blindfold-ask-only"};
const Trial answered{.reply = Reply::answered};

/// As `agent permissions` leaves it.
KubernetesReport blind() {
  NamespaceProof app{.name = "app"};
  app.review = answered;
  app.list = refused;
  app.bare = answered;
  app.guess = by_policy;
  app.annotation = by_policy;
  app.policy = Policy::in_force;
  app.secrets = {{.secret = "db",
                  .type = "Opaque",
                  .get = refused,
                  .list = refused,
                  .guess = by_policy,
                  .sight = {SightLevel::api_server, SightReason::none, {}}}};
  KubernetesReport report;
  report.complete = true;
  report.server = "https://cluster:6443";
  report.user = "system:serviceaccount:app:blindfold";
  report.namespaces = {std::move(app)};
  report.policy = PolicyProof{
      .name = "blindfold-ask-only", .policy = answered, .binding = answered, .flaws = {}};
  return report;
}

bool has_line(const KubernetesReport& report, std::string_view line) {
  const std::string text = "\n" + describe(report);
  return text.contains("\n" + std::string(line));
}

BOOST_AUTO_TEST_SUITE(kubernetes_words_tests)

BOOST_AUTO_TEST_CASE(a_blind_account) {
  BOOST_TEST(describe(blind()) ==
             "the API server \"https://cluster:6443\" knows this account as "
             "\"system:serviceaccount:app:blindfold\"\n"
             "✓ namespace \"app\": no right but those that agent permissions prints\n"
             "✓ namespace \"app\": list secrets: refused\n"
             "✓ namespace \"app\": a guess, a dry run with a value: refused by policy "
             "\"blindfold-ask-only\"\n"
             "✓ namespace \"app\": an annotation, on which a webhook may act: refused by policy "
             "\"blindfold-ask-only\"\n"
             "✓ namespace \"app\": the bare question: let through\n"
             "✓ app/db: get: refused, list: refused, guess: refused by policy "
             "\"blindfold-ask-only\", sight api-server\n"
             "✓ policy \"blindfold-ask-only\": it and its binding stand there as printed; that "
             "real writes are refused follows from it, it cannot be tried safely\n"
             "1 of 1 secrets refused, 0 can be read, 0 not known\n");
  BOOST_TEST(blind().proven());
}

BOOST_AUTO_TEST_CASE(a_secret_that_can_be_read) {
  KubernetesReport report = blind();
  doctor::SecretProof& db = report.namespaces[0].secrets[0];
  db.get = answered;
  db.sight = {SightLevel::wire, SightReason::may_read, "get"};
  BOOST_TEST(has_line(report, "✗ app/db: get: LET THROUGH, list: refused, "));
  BOOST_TEST(has_line(report, "0 of 1 secrets refused, 1 can be read, 0 not known"));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(what_was_not_tried_says_why) {
  KubernetesReport report = blind();
  doctor::SecretProof& db = report.namespaces[0].secrets[0];
  db.get = {.why = model::ApiFailed{model::ApiTrouble::timed_out, "https://cluster:6443", 0}};
  db.list = {};
  BOOST_TEST(has_line(report,
                      "? app/db: get: could not be tried: the API server \"https://cluster:6443\" "
                      "did not answer in time"));
  BOOST_TEST(describe(report).contains("list: could not be tried: its turn never came"));
  BOOST_TEST(has_line(report, "0 of 1 secrets refused, 0 can be read, 1 not known"));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(surplus_that_reads_and_that_which_does_not) {
  KubernetesReport report = blind();
  report.namespaces[0].surplus = {{{"create", "", "pods", ""}, true},
                                  {{"list", "apps", "deployments", "web"}, false}};
  BOOST_TEST(has_line(report,
                      "✗ namespace \"app\": the account may create pods, a way to values: take "
                      "that away"));
  BOOST_TEST(has_line(report,
                      "– namespace \"app\": the account may list deployments.apps \"web\", "
                      "which agent permissions does not print"));
  BOOST_TEST(!has_line(report, "✓ namespace \"app\": no right but"));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(rights_that_are_missing) {
  KubernetesReport report = blind();
  report.namespaces[0].missing = {{"update", "", "secrets", "db"}};
  BOOST_TEST(has_line(report, "– namespace \"app\": the account may not update secrets \"db\": "));
  BOOST_TEST(report.proven());
}

BOOST_AUTO_TEST_CASE(each_flaw_of_the_policy) {
  for (const PolicyFlaw flaw :
       {PolicyFlaw::not_failing_closed, PolicyFlaw::other_requests, PolicyFlaw::narrowed,
        PolicyFlaw::other_account, PolicyFlaw::may_write, PolicyFlaw::may_guess,
        PolicyFlaw::may_decorate, PolicyFlaw::bound_elsewhere, PolicyFlaw::not_denying}) {
    KubernetesReport report = blind();
    report.policy->flaws = {flaw};
    BOOST_TEST(has_line(report, "✗ policy \"blindfold-ask-only\": "));
    BOOST_TEST(!has_line(report, "✓ policy"));
    BOOST_TEST(!report.proven());
  }
}

BOOST_AUTO_TEST_CASE(a_policy_that_was_not_read) {
  KubernetesReport report = blind();
  report.policy->policy = refused;
  report.policy->binding = {.reply = Reply::missing};
  BOOST_TEST(has_line(report, "– policy \"blindfold-ask-only\" was not read"));
  BOOST_TEST(has_line(report, "✗ the binding of policy \"blindfold-ask-only\" is not there"));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_bare_question_that_is_refused) {
  KubernetesReport report = blind();
  report.namespaces[0].bare = {.reply = Reply::refused, .policy = "labels"};
  BOOST_TEST(has_line(report,
                      "? namespace \"app\": the bare question: refused by policy "
                      "\"labels\""));
  report.namespaces[0].guess = refused;
  BOOST_TEST(!describe(report).contains("the bare question"));
}

BOOST_AUTO_TEST_CASE(kube_system_and_a_time_that_was_up) {
  KubernetesReport report = blind();
  report.complete = false;
  report.user.clear();
  report.namespaces[0].name = "kube-system";
  report.namespaces[0].kube_system = true;
  BOOST_TEST(has_line(report, "? the agent never looks in namespace \"kube-system\""));
  BOOST_TEST(has_line(report, "? the time was up"));
  BOOST_TEST(describe(report).contains("by a name that could not be found out"));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(what_others_named_is_safe_to_print) {
  KubernetesReport report = blind();
  report.user = "a\x1b[31m";
  report.namespaces[0].surplus = {{{"get\x1b", "g\x1b", "r\x1b", "n\x1b"}, false}};
  BOOST_TEST(!describe(report).contains('\x1b'));
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace blindfold::app
