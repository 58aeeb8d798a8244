#include "doctor/kubernetes/cluster_trial.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>

#include "support/loop_fixture.hpp"
#include "unit/doctor/kubernetes/model_cluster.hpp"

using namespace std::chrono_literals;
using blindfold::detect::Policy;
using blindfold::doctor::ClusterTrial;
using blindfold::doctor::KubernetesReport;
using blindfold::doctor::NamespaceProof;
using blindfold::doctor::PolicyFlaw;
using blindfold::doctor::Reply;
using blindfold::doctor::SecretProof;
using blindfold::doctor::WantedNamespace;
using blindfold::doctor::test::json_reply;
using blindfold::doctor::test::ModelCluster;
using blindfold::doctor::test::rule;
using blindfold::doctor::test::status_reply;
using blindfold::kubernetes::Connection;
using blindfold::model::SightLevel;
using blindfold::model::SightReason;
using blindfold::support::ManualLoopFixture;

namespace blindfold::doctor {

static std::ostream& boost_test_print_type(std::ostream& out, Reply reply) {
  return out << "reply " << static_cast<int>(reply);
}

}  // namespace blindfold::doctor

namespace {

class Fixture : public ManualLoopFixture {
 public:
  void connect() {
    auto made = Connection::make(loop(), cluster.account(), nullptr);
    BOOST_REQUIRE(made.has_value());
    connection = *std::move(made);
  }

  void start(std::vector<WantedNamespace> wanted = {{"app", {{"db", "Opaque"}}, {}}}) {
    connect();
    trial.emplace(loop(), *connection, std::move(wanted),
                  [this](const KubernetesReport& told) noexcept {
                    report = told;
                    ended = true;
                  });
    trial->start(30s);
  }

  void try_all(std::vector<WantedNamespace> wanted = {{"app", {{"db", "Opaque"}}, {}}}) {
    start(std::move(wanted));
    BOOST_REQUIRE(run_until([this] { return ended; }));
  }

  [[nodiscard]] const NamespaceProof& app() const { return report.namespaces.at(0); }
  [[nodiscard]] const SecretProof& db() const { return app().secrets.at(0); }

  /// Names of the surplus that reads, or of that which does not.
  [[nodiscard]] std::string surplus(bool reads) const {
    std::string text;
    for (const auto& each : app().surplus) {
      if (each.reads == reads) {
        text += each.right.verb + " " + each.right.resource + " " + each.right.name + ";";
      }
    }
    return text;
  }

  ModelCluster cluster{loop()};
  std::unique_ptr<Connection> connection;
  KubernetesReport report;
  bool ended = false;
  std::optional<ClusterTrial> trial;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(cluster_trial_tests, Fixture)

BOOST_AUTO_TEST_CASE(as_printed_all_is_refused) {
  try_all();
  BOOST_TEST(report.proven());
  BOOST_TEST(report.complete);
  BOOST_TEST(report.user == "system:serviceaccount:app:blindfold");
  BOOST_TEST(report.server == connection->server());
  BOOST_TEST(app().bare.reply == Reply::answered);
  BOOST_TEST(app().guess.policy == "blindfold-ask-only");
  BOOST_TEST((app().policy == Policy::in_force));
  BOOST_TEST(app().surplus.empty());
  BOOST_TEST(app().missing.empty());
  BOOST_TEST(db().guess.policy == "blindfold-ask-only");
  BOOST_TEST((db().sight.level == SightLevel::api_server));
  BOOST_TEST(report.policy->flaws.empty());
}

BOOST_AUTO_TEST_CASE(what_it_asks_and_in_which_form) {
  try_all();
  for (const std::string& request : cluster.requests()) {
    if (request.starts_with("GET ") && request.contains("/secrets")) {
      BOOST_TEST(request.contains("includeObject=None"));
      BOOST_TEST(request.contains("Accept: application/json;as=Table;g=meta.k8s.io;v=v1\r\n"));
    }
    if (request.starts_with("PUT ") || (request.contains("/secrets") && request[1] == 'O')) {
      BOOST_TEST(request.contains("?dryRun=All "));
    }
    BOOST_TEST(!request.starts_with("PATCH"));
    BOOST_TEST(!request.starts_with("DELETE"));
    BOOST_TEST(!request.contains("watch=1"));
  }
}

BOOST_AUTO_TEST_CASE(an_account_that_may_get) {
  cluster.verbs.insert("get");
  cluster.rules.push_back(rule("get", "secrets", "db"));
  try_all();
  BOOST_TEST(!report.proven());
  BOOST_TEST(db().get.reply == Reply::answered);
  BOOST_TEST(db().list.reply == Reply::refused);
  BOOST_TEST(db().readable());
  BOOST_TEST((db().sight.level == SightLevel::wire));
  BOOST_TEST(surplus(true) == "get secrets db;");
}

BOOST_AUTO_TEST_CASE(what_is_not_there_was_let_through_as_well) {
  cluster.verbs.insert("get");
  cluster.secrets.clear();
  try_all();
  BOOST_TEST(db().get.reply == Reply::answered);
  BOOST_TEST(db().guess.reply == Reply::missing);
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_server_that_ignores_the_form_has_let_it_through) {
  cluster.instead["GET /api/v1/namespaces/app/secrets/db"] =
      json_reply(R"({"kind":"Secret","apiVersion":"v1","data":{"password":"cGxhbnRlZA=="}})");
  try_all();
  BOOST_TEST(db().get.reply == Reply::answered);
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(an_account_that_may_list) {
  cluster.verbs.insert("list");
  cluster.rules = {rule("list watch", "secrets", "db")};
  cluster.verbs.erase("create");
  cluster.verbs.erase("update");
  try_all();
  BOOST_TEST(!report.proven());
  BOOST_TEST((app().way == blindfold::detect::Way::watching));
  BOOST_TEST(surplus(true).empty());
  BOOST_TEST(db().list.reply == Reply::answered);
  BOOST_TEST((db().sight.level == SightLevel::wire));
  BOOST_TEST(!report.policy.has_value());
}

BOOST_AUTO_TEST_CASE(without_the_policy_it_can_guess) {
  cluster.policy_refuses.clear();
  cluster.policies.clear();
  try_all();
  BOOST_TEST(!report.proven());
  BOOST_TEST((app().policy == Policy::absent));
  BOOST_TEST(app().guess.reply == Reply::answered);
  BOOST_TEST((db().sight.reason == SightReason::no_ask_only_policy));
  BOOST_TEST(db().readable());
  BOOST_TEST(report.policy->name == "blindfold-ask-only");
  BOOST_TEST(report.policy->policy.reply == Reply::missing);
  BOOST_TEST(!report.policy->proven());
}

BOOST_AUTO_TEST_CASE(a_policy_that_is_for_creations_alone) {
  cluster.policy_refuses.erase("update");
  cluster.may_read_policies = false;
  try_all();
  BOOST_TEST((app().policy == Policy::in_force));
  BOOST_TEST(db().guess.reply == Reply::answered);
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_policy_that_lets_annotations_through) {
  cluster.policy_refuses.erase("annotation");
  cluster.may_read_policies = false;
  try_all();
  BOOST_TEST(app().annotation.reply == Reply::answered);
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_policy_that_may_not_be_read_is_no_failure) {
  cluster.may_read_policies = false;
  try_all();
  BOOST_TEST(report.policy->policy.reply == Reply::refused);
  BOOST_TEST(report.proven());
}

BOOST_AUTO_TEST_CASE(the_policy_that_refused_is_the_one_that_is_read) {
  cluster.refusing_policy = "company-ask-only";
  try_all();
  BOOST_TEST(report.policy->name == "company-ask-only");
  BOOST_TEST(std::ranges::count(cluster.asked(),
                                "GET /apis/admissionregistration.k8s.io/v1/"
                                "validatingadmissionpolicybindings/company-ask-only") == 1);
  // The model's binding is of another policy than the one that was asked for.
  BOOST_TEST((report.policy->flaws == std::vector{PolicyFlaw::bound_elsewhere}));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(what_refuses_the_bare_question_too_proves_nothing) {
  cluster.instead["POST /api/v1/namespaces/app/secrets"] =
      status_reply(422, "Invalid",
                   "ValidatingAdmissionPolicy 'labels' with binding 'labels' denied request: no");
  try_all();
  BOOST_TEST(app().bare.reply == Reply::refused);
  BOOST_TEST((app().policy == Policy::unknown));
  BOOST_TEST((db().sight.reason == SightReason::policy_unknown));
  BOOST_TEST(!db().readable());
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(an_immutable_secret_tells_whether_a_guess_is_right) {
  cluster.immutable.insert("db");
  try_all();
  BOOST_TEST(db().immutable);
  BOOST_TEST(db().guess.reply == Reply::answered);
  BOOST_TEST((db().sight.reason == SightReason::immutable_guess));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(an_immutable_secret_that_may_not_be_updated) {
  cluster.immutable.insert("db");
  cluster.rules = {rule("create", "secrets")};
  cluster.verbs = {"create"};
  try_all();
  BOOST_TEST(db().guess.reply == Reply::refused);
  BOOST_TEST((db().sight.level == SightLevel::api_server));
  BOOST_TEST(report.proven());
  BOOST_TEST(app().missing.size() == 1U);
  BOOST_TEST(app().missing.at(0).verb == "update");
}

BOOST_AUTO_TEST_CASE(surplus_is_named_and_told_apart) {
  cluster.rules.push_back(rule("create", "pods"));
  cluster.rules.push_back(rule("list", "configmaps"));
  cluster.rules.push_back(rule("delete", "secrets", "other"));
  try_all();
  BOOST_TEST(surplus(true) == "create pods ;delete secrets other;");
  BOOST_TEST(surplus(false) == "list configmaps ;");
  BOOST_TEST((db().sight.reason == SightReason::may_reach));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_right_to_somebody_else_s_secret_is_a_failure) {
  cluster.rules.push_back(rule("get", "secrets", "other"));
  try_all();
  BOOST_TEST(db().proven());
  BOOST_TEST(surplus(true) == "get secrets other;");
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(harmless_surplus_is_no_failure) {
  cluster.rules.push_back(rule("list", "configmaps"));
  try_all();
  BOOST_TEST(surplus(false) == "list configmaps ;");
  BOOST_TEST(report.proven());
}

BOOST_AUTO_TEST_CASE(where_rules_cannot_be_listed_each_way_is_asked_for) {
  cluster.incomplete = true;
  cluster.allowed_singly = {"create pods"};
  try_all();
  BOOST_TEST(app().asked_singly);
  BOOST_TEST(surplus(true) == "create pods ;");
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(where_rules_cannot_be_listed_and_nothing_is_found) {
  cluster.incomplete = true;
  try_all();
  BOOST_TEST(app().asked_singly);
  BOOST_TEST(report.proven());
}

BOOST_AUTO_TEST_CASE(rights_that_are_not_known_prove_nothing) {
  cluster.instead["selfsubjectrulesreviews"] = status_reply(500, "InternalError");
  try_all();
  BOOST_TEST(app().review.reply == Reply::untried);
  BOOST_TEST(app().review.why.has_value());
  BOOST_TEST(db().get.reply == Reply::refused);
  BOOST_TEST((db().sight.level == SightLevel::unknown));
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(a_refusal_of_what_the_account_may_is_doubted) {
  cluster.instead["POST /api/v1/namespaces/app/secrets"] = status_reply(
      403, "Forbidden", "unable to create new content", R"({"reason":"NamespaceTerminating"})");
  try_all();
  BOOST_TEST(app().guess.reply == Reply::untried);
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(each_answer_that_says_nothing) {
  for (const std::string& reply :
       {status_reply(500, "InternalError"), status_reply(429, "TooManyRequests"),
        status_reply(401, "Unauthorized"), json_reply("{", "403 Forbidden"),
        blindfold::http::test::reply("<html>", "Content-Type: text/html\r\n", "403 Forbidden"),
        std::string("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                    "Content-Length: 1\r\nbroken\r\n\r\n")}) {
    BOOST_TEST_CONTEXT(reply.substr(0, 40)) {
      ended = false;
      cluster.instead["GET /api/v1/namespaces/app/secrets/db"] = reply;
      try_all();
      BOOST_TEST(!report.proven());
      trial.reset();
      connection.reset();
    }
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_in_kube_system) {
  try_all({{"kube-system", {{"db", "Opaque"}}, {}}});
  BOOST_TEST(app().kube_system);
  BOOST_TEST(app().secrets.size() == 1U);
  BOOST_TEST(!report.proven());
  BOOST_TEST((cluster.asked() ==
              std::vector<std::string>{"POST /apis/authentication.k8s.io/v1/selfsubjectreviews"}));
}

BOOST_AUTO_TEST_CASE(one_namespace_after_the_other) {
  cluster.secrets = {"db", "smtp"};
  cluster.rules.push_back(rule("update", "secrets", "smtp"));
  try_all({{"app", {{"db", "Opaque"}, {"smtp", "Opaque"}}, {}}, {"two", {{"db", "Opaque"}}, {}}});
  BOOST_TEST(report.namespaces.size() == 2U);
  BOOST_TEST(report.namespaces.at(1).name == "two");
  BOOST_TEST(app().secrets.at(1).guess.reply == Reply::refused);
  // In the second one "smtp" is not required, so its right is surplus there.
  BOOST_TEST(report.namespaces.at(1).surplus.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_hundred_secrets_each_three_times) {
  WantedNamespace wanted{"app", {}, {}};
  for (int number = 0; number < 100; ++number) {
    wanted.secrets.push_back({"secret-" + std::to_string(number), "Opaque"});
    cluster.secrets.insert(wanted.secrets.back().name);
  }
  cluster.rules = {rule("create update", "secrets")};
  try_all({wanted});
  BOOST_TEST(app().secrets.size() == 100U);
  BOOST_TEST(std::ranges::all_of(app().secrets, &SecretProof::proven));
  for (const SecretProof& each : app().secrets) {
    const std::string target = "/secrets/" + each.secret + "?";
    BOOST_TEST(std::ranges::count_if(cluster.asked(), [&](const std::string& line) {
                 return line.contains(target);
               }) == 2);
  }
}

BOOST_AUTO_TEST_CASE(a_server_that_says_nothing_takes_the_time_there_is) {
  cluster.instead["GET /api/v1/namespaces/app/secrets/db"] = "";
  start({{"app", {{"db", "Opaque"}}, {}}, {"two", {{"db", "Opaque"}}, {}}});
  BOOST_REQUIRE(run_until([this] {
    return std::ranges::any_of(cluster.asked(), [](const std::string& line) {
      return line.starts_with("GET ") && line.contains("/secrets/db");
    });
  }));
  BOOST_TEST(!ended);
  clock.advance(31s);
  BOOST_REQUIRE(run_until([this] { return ended; }));
  BOOST_TEST(!report.complete);
  BOOST_TEST(!report.proven());
  BOOST_TEST(app().list.reply == Reply::refused);
  BOOST_TEST(db().get.reply == Reply::untried);
  BOOST_TEST(report.namespaces.size() == 2U);
  BOOST_TEST(report.namespaces.at(1).secrets.size() == 1U);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there) {
  connect();
  cluster.stop();
  try_all();
  BOOST_TEST(report.complete);
  BOOST_TEST(report.user.empty());
  BOOST_TEST(db().get.reply == Reply::untried);
  BOOST_TEST(db().get.why.has_value());
  BOOST_TEST(!report.proven());
}

BOOST_AUTO_TEST_CASE(may_be_destroyed_at_any_moment) {
  try_all();
  const std::size_t whole = cluster.requests().size();
  for (std::size_t moment = 0; moment < whole; ++moment) {
    trial.reset();
    const std::size_t before = cluster.requests().size();
    ended = false;
    start();
    BOOST_REQUIRE(run_until([&] { return cluster.requests().size() >= before + moment; }));
    trial.reset();
    turn(5);
    BOOST_TEST(!ended);
  }
}

BOOST_AUTO_TEST_CASE(may_be_destroyed_by_whom_it_tells) {
  connect();
  trial.emplace(loop(), *connection, std::vector<WantedNamespace>{{"app", {{"db", "Opaque"}}, {}}},
                [this](const KubernetesReport& told) noexcept {
                  report = told;
                  trial.reset();
                  ended = true;
                });
  trial->start(30s);
  BOOST_REQUIRE(run_until([this] { return ended; }));
  BOOST_TEST(report.proven());
}

BOOST_AUTO_TEST_SUITE_END()
