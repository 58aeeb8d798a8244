// From the server's reply to what is wrong with it: each flaw by one change.
#include "doctor/kubernetes/policy_text.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "doctor/kubernetes/readers.hpp"
#include "platform/json/parser.hpp"
#include "unit/doctor/kubernetes/model_cluster.hpp"

using blindfold::doctor::BindingReader;
using blindfold::doctor::BindingText;
using blindfold::doctor::flaws_of;
using blindfold::doctor::PolicyFlaw;
using blindfold::doctor::PolicyReader;
using blindfold::doctor::PolicyText;
using blindfold::doctor::test::printed_binding;
using blindfold::doctor::test::printed_policy;
using blindfold::json::Parser;

namespace {

using Flaws = std::vector<PolicyFlaw>;

template <class Reader>
void read(Reader& reader, std::string_view text) {
  Parser parser(reader);
  for (const char character : text) {
    BOOST_REQUIRE(parser.feed({&character, 1}).has_value());
  }
  BOOST_REQUIRE(parser.finish().has_value());
}

PolicyText policy_in(const std::string& text) {
  PolicyReader reader;
  read(reader, text);
  return reader.text();
}

BindingText binding_in(const std::string& text) {
  BindingReader reader;
  read(reader, text);
  return reader.text();
}

std::string changed(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  BOOST_REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

constexpr std::string_view name = "blindfold-ask-only";
constexpr std::string_view user = "system:serviceaccount:app:blindfold";

Flaws flaws_with(std::string_view from, std::string_view to) {
  return flaws_of(name, user, policy_in(changed(printed_policy(), from, to)),
                  binding_in(printed_binding()));
}

Flaws flaws_of_binding(std::string_view from, std::string_view to) {
  return flaws_of(name, user, policy_in(printed_policy()),
                  binding_in(changed(printed_binding(), from, to)));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(policy_text_tests)

BOOST_AUTO_TEST_CASE(as_printed_it_has_none) {
  BOOST_TEST((flaws_with("Fail", "Fail") == Flaws{}));
}

BOOST_AUTO_TEST_CASE(one_that_lets_through_what_it_cannot_evaluate) {
  BOOST_TEST((flaws_with(R"("failurePolicy":"Fail")", R"("failurePolicy":"Ignore")") ==
              Flaws{PolicyFlaw::not_failing_closed}));
}

BOOST_AUTO_TEST_CASE(one_for_other_requests) {
  const Flaws other{PolicyFlaw::other_requests};
  BOOST_TEST((flaws_with(R"("CREATE","UPDATE")", R"("CREATE")") == other));
  BOOST_TEST((flaws_with(R"("CREATE","UPDATE")", R"("UPDATE")") == other));
  BOOST_TEST((flaws_with(R"("resources":["secrets"])", R"("resources":["pods"])") == other));
  BOOST_TEST((flaws_with(R"("apiGroups":[""])", R"("apiGroups":["apps"])") == other));
  BOOST_TEST((flaws_with(R"("apiVersions":["v1"])", R"("apiVersions":["v2"])") == other));
}

BOOST_AUTO_TEST_CASE(one_for_more_than_these) {
  BOOST_TEST((flaws_with(R"("CREATE","UPDATE")", R"("*")") == Flaws{}));
  BOOST_TEST((flaws_with(R"("resources":["secrets"])", R"("resources":["*"])") == Flaws{}));
  BOOST_TEST((flaws_with(R"("apiGroups":[""])", R"("apiGroups":["*"])") == Flaws{}));
}

BOOST_AUTO_TEST_CASE(operations_in_rules_of_their_own) {
  const std::string_view from = R"("resourceRules":[)";
  const std::string_view to =
      R"("resourceRules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],)"
      R"("resources":["secrets"]},)";
  const std::string text = changed(printed_policy(), R"("CREATE","UPDATE")", R"("UPDATE")");
  BOOST_TEST((flaws_of(name, user, policy_in(changed(text, from, to)), std::nullopt) == Flaws{}));
}

BOOST_AUTO_TEST_CASE(one_that_is_narrowed) {
  const Flaws narrowed{PolicyFlaw::narrowed};
  BOOST_TEST((flaws_with(R"("namespaceSelector":{})",
                         R"("namespaceSelector":{"matchLabels":{"a":"b"}})") == narrowed));
  BOOST_TEST((flaws_with(R"("objectSelector":{})",
                         R"("objectSelector":{"matchExpressions":[{"key":"a"}]})") == narrowed));
  BOOST_TEST((flaws_with(R"("matchPolicy")",
                         R"("excludeResourceRules":[{"resources":["secrets"]}],"matchPolicy")") ==
              narrowed));
  BOOST_TEST((flaws_with(R"("scope":"*")", R"("scope":"Cluster")") == narrowed));
  BOOST_TEST((flaws_with(R"("scope":"*")", R"("resourceNames":["db"])") == narrowed));
  BOOST_TEST((flaws_with(R"("failurePolicy")",
                         R"("paramKind":{"kind":"ConfigMap"},"failurePolicy")") == narrowed));
}

BOOST_AUTO_TEST_CASE(one_for_another_account) {
  const Flaws other{PolicyFlaw::other_account};
  BOOST_TEST((flaws_with("app:blindfold'", "app:other'") == other));
  BOOST_TEST((flaws_with("app:blindfold'", "app:blindfold' && request.name != 'db'") == other));
  BOOST_TEST((flaws_with(R"("matchConditions":[)",
                         R"("matchConditions":[{"name":"b","expression":"false"},)") == other));
  // One that is longer than what is kept is some other.
  BOOST_TEST((flaws_with("app:blindfold'", std::string(2000, 'x') + "'") == other));
}

BOOST_AUTO_TEST_CASE(one_for_everybody_is_for_this_account_too) {
  PolicyText text = policy_in(printed_policy());
  text.conditions.clear();
  BOOST_TEST((flaws_of(name, user, text, std::nullopt) == Flaws{}));
}

BOOST_AUTO_TEST_CASE(an_account_of_unknown_name_is_not_compared) {
  BOOST_TEST((flaws_of(name, "", policy_in(printed_policy()), std::nullopt) == Flaws{}));
}

BOOST_AUTO_TEST_CASE(each_rule_must_stand_there) {
  BOOST_TEST((flaws_with("request.dryRun == true", "true") == Flaws{PolicyFlaw::may_write}));
  BOOST_TEST((flaws_with("object.data[k] == ''", "true") == Flaws{PolicyFlaw::may_guess}));
  BOOST_TEST((flaws_with(R"(!has(object.metadata.finalizers))", "true") ==
              Flaws{PolicyFlaw::may_decorate}));
}

BOOST_AUTO_TEST_CASE(bindings) {
  BOOST_TEST((flaws_of_binding(R"("policyName":"blindfold-ask-only")", R"("policyName":"b")") ==
              Flaws{PolicyFlaw::bound_elsewhere}));
  BOOST_TEST(
      (flaws_of_binding(R"(["Deny"])", R"(["Warn","Audit"])") == Flaws{PolicyFlaw::not_denying}));
  BOOST_TEST((flaws_of_binding(R"(["Deny"])", R"(["Deny","Audit"])") == Flaws{}));
  BOOST_TEST((flaws_of_binding(R"("validationActions")",
                               R"("matchResources":{"matchPolicy":"Exact"},"validationActions")") ==
              Flaws{PolicyFlaw::narrowed}));
}

BOOST_AUTO_TEST_CASE(what_was_not_read_has_no_flaws) {
  BOOST_TEST((flaws_of(name, user, std::nullopt, std::nullopt) == Flaws{}));
}

BOOST_AUTO_TEST_SUITE_END()
