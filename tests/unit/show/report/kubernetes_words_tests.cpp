#include "show/report/kubernetes_words.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <vector>

#include "show/report/words.hpp"

using namespace blindfold;
using By = model::AdmissionRefused::By;

namespace {

std::string words(const model::Detail& detail) {
  return report::describe(detail);
}

std::string failed(model::ApiTrouble trouble, std::uint32_t status = 0) {
  return words(model::ApiFailed{trouble, "https://api:6443", status});
}

std::string sight(model::SightReason reason, std::string subject = {}) {
  return report::describe(model::Sight{model::SightLevel::wire, reason, std::move(subject)});
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubernetes_words_tests)

BOOST_AUTO_TEST_CASE(what_is_missing_has_its_place_and_what_looks_like_it) {
  BOOST_TEST(words(model::SecretMissing{"app", "db", "", ""}) ==
             R"(secret "db" does not exist in namespace "app")");
  BOOST_TEST(words(model::SecretMissing{"app", "db", "db-1", "other"}) ==
             R"(secret "db" does not exist in namespace "app"; did you mean "db-1"?)");
  BOOST_TEST(words(model::SecretMissing{"app", "db", "", "other"}) ==
             R"(secret "db" does not exist in namespace "app"; there is one in namespace "other")");
  BOOST_TEST(words(model::NamespaceMissing{"app"}) ==
             R"(namespace "app" does not exist: create it)");
}

BOOST_AUTO_TEST_CASE(keys_are_counted_or_named) {
  BOOST_TEST(words(model::SecretEmpty{}) ==
             "the secret holds no key: agent commands prints how to fill it");
  BOOST_TEST(words(model::KeysTooFew{1, 2}) ==
             "the secret has 1 of 2 keys: agent commands prints how to add to it");
  BOOST_TEST(words(model::KeysNotChecked{}) == "key names not checked");
  BOOST_TEST(words(model::KeyMissedByPods{"password"}) ==
             R"(a pod cannot start: the secret has no key "password", add it)");
}

BOOST_AUTO_TEST_CASE(what_cannot_be_changed_says_what_to_do) {
  BOOST_TEST(words(model::SecretType{"kubernetes.io/tls", "Opaque"}) ==
             R"(the secret's type is "kubernetes.io/tls", not "Opaque": delete it and create it )"
             "anew, a type cannot be changed");
  BOOST_TEST(words(model::SecretType{"", "Opaque"})
                 .starts_with(R"(the secret's type is another, not "Opaque")"));
  BOOST_TEST(words(model::BeingDeleted{}) ==
             "the secret is being deleted, and a finalizer still holds it: let what put it there "
             "finish");
  BOOST_TEST(words(model::RotationUnseen{}) ==
             "rotation cannot be seen: the secret is immutable, or the agent's account may only "
             "ask whether it exists");
}

BOOST_AUTO_TEST_CASE(a_permission_is_named_as_rbac_does) {
  BOOST_TEST(words(model::PermissionMissing{"update", "secrets", "app", "db"}) ==
             R"(the agent's account may not update secrets "db" in namespace "app": agent )"
             "permissions --for kubernetes prints what it needs");
  BOOST_TEST(words(model::PermissionMissing{"create", "secrets", "app", ""})
                 .starts_with(R"(the agent's account may not create secrets in namespace "app")"));
  BOOST_TEST(words(model::NamespaceRefused{"kube-system"}) ==
             R"(the agent never looks in namespace "kube-system": whoever may create secrets )"
             "there can sign in to the cluster, put it elsewhere");
}

BOOST_AUTO_TEST_CASE(who_refuses_the_question_is_named) {
  const std::string either_way = ", whether the secret exists or not";
  BOOST_TEST(words(model::AdmissionRefused{By::policy, "labels"}) ==
             R"(the question is refused by policy "labels")" + either_way +
                 ": exempt the agent's account from it");
  BOOST_TEST(words(model::AdmissionRefused{By::webhook, ""}) ==
             "the question is refused by a webhook" + either_way +
                 ": have it allow dry runs (sideEffects None), or exempt the agent's account from "
                 "it");
  BOOST_TEST(words(model::AdmissionRefused{By::quota, "full"}) ==
             R"(the question is refused by quota "full")" + either_way + ": raise it");
  BOOST_TEST(words(model::AdmissionRefused{By::quota, ""})
                 .starts_with("the question is refused by an exhausted quota"));
  BOOST_TEST(words(model::AdmissionRefused{By::validation, "data[x]"}) ==
             R"(the question is refused by the API server's validation of "data[x]")" + either_way);
  BOOST_TEST(words(model::AdmissionRefused{By::validation, ""}) ==
             "the question is refused by the API server's validation" + either_way);
}

BOOST_AUTO_TEST_CASE(each_trouble_names_the_server_and_what_to_do) {
  std::vector<std::string> all;
  for (int i = 0; i <= static_cast<int>(model::ApiTrouble::unexpected); ++i) {
    const std::string text = failed(static_cast<model::ApiTrouble>(i));
    BOOST_TEST(text.starts_with(R"(the API server "https://api:6443" )"));
    BOOST_TEST(text.substr(text.find("6443\"") + 5).contains(": "), text);
    BOOST_TEST((std::ranges::find(all, text) == all.end()), text);
    all.push_back(text);
  }
  BOOST_TEST(failed(model::ApiTrouble::server_error, 503) ==
             R"(the API server "https://api:6443" failed (503): see its log)");
}

BOOST_AUTO_TEST_CASE(each_reason_says_what_makes_it_better) {
  BOOST_TEST(sight(model::SightReason::no_ask_only_policy) ==
             "nothing in the cluster limits the agent's account to asking: apply the ask-only "
             "policy that agent permissions --for kubernetes prints");
  BOOST_TEST(sight(model::SightReason::policy_unknown) ==
             "whether the ask-only policy is in force could not be found out: the agent goes on "
             "trying");
  BOOST_TEST(sight(model::SightReason::immutable_guess)
                 .ends_with("by which a guess can be tried: take update on it away"));
  BOOST_TEST(sight(model::SightReason::may_reach, "create pods") ==
             "the agent's account may create pods, and through that read any secret of the "
             "namespace: take that away");
  BOOST_TEST(sight(model::SightReason::may_read, "get") ==
             "the agent's account may get secrets: take that away (agent permissions --for "
             "kubernetes)");
  BOOST_TEST(report::describe(model::Sight{model::SightLevel::api_server, {}, {}}) == "");
}

BOOST_AUTO_TEST_CASE(names_cannot_act_or_deceive) {
  BOOST_TEST(words(model::SecretMissing{"\x1b[2J", "\n", "", ""}) ==
             R"(secret "\x0a" does not exist in namespace "\x1b[2J")");
  BOOST_TEST(!words(model::PermissionMissing{"\x1b", "\x1b", "\x1b", "\x1b"}).contains('\x1b'));
  BOOST_TEST(!sight(model::SightReason::may_reach, "\x1b").contains('\x1b'));
}

BOOST_AUTO_TEST_SUITE_END()
