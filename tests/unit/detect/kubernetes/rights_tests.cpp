#include "detect/kubernetes/rights.hpp"

#include <boost/test/unit_test.hpp>

#include "account.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;

bool update_of(const Rights& rights, const std::string& name) {
  return rights.allow({"update", "", "secrets", name});
}

Rights one(const char* verb, const char* resource, const char* group = "",
           std::vector<std::string> names = {}) {
  return Account().may({verb}, resource, std::move(names), group).rights();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(rights_tests)

BOOST_AUTO_TEST_CASE(a_right_to_all_names_is_one_to_each) {
  const Rights rights = one("update", "secrets");
  BOOST_TEST(update_of(rights, "db"));
  BOOST_TEST(update_of(rights, ""));
}

BOOST_AUTO_TEST_CASE(a_right_to_some_names_is_one_to_those) {
  const Rights rights = one("update", "secrets", "", {"db", "tls"});
  BOOST_TEST(update_of(rights, "tls"));
  BOOST_TEST(!update_of(rights, "other"));
  BOOST_TEST(!update_of(rights, "d"));
  BOOST_TEST(!update_of(rights, ""));
}

// RBAC cannot limit `create` to names: a rule that has some gives nothing.
BOOST_AUTO_TEST_CASE(a_create_that_is_limited_to_names_is_none) {
  const Rights rights = one("create", "secrets", "", {"db"});
  BOOST_TEST(!rights.allow({"create", "", "secrets", ""}));
  BOOST_TEST(!rights.may_guess("db"));
}

BOOST_AUTO_TEST_CASE(verb_group_and_resource_have_to_be_right) {
  const Rights rights = one("update", "secrets");
  BOOST_TEST(!rights.allow({"get", "", "secrets", "db"}));
  BOOST_TEST(!rights.allow({"update", "apps", "secrets", "db"}));
  BOOST_TEST(!rights.allow({"update", "", "configmaps", "db"}));
  BOOST_TEST(!rights.allow({"update", "", "secrets/status", "db"}));
}

BOOST_AUTO_TEST_CASE(an_asterisk_stands_for_all) {
  const Right wanted{"update", "apps", "deployments", "web"};
  BOOST_TEST(one("*", "deployments", "apps").allow(wanted));
  BOOST_TEST(one("update", "*", "apps").allow(wanted));
  BOOST_TEST(one("update", "deployments", "*").allow(wanted));
  BOOST_TEST(!one("update", "*/scale", "apps").allow(wanted));
}

BOOST_AUTO_TEST_CASE(an_asterisk_and_a_subresource_stand_for_that_of_everything) {
  const Right wanted{"create", "", "pods/exec", ""};
  BOOST_TEST(one("create", "*/exec").allow(wanted));
  BOOST_TEST(one("create", "*").allow(wanted));
  BOOST_TEST(!one("create", "*/log").allow(wanted));
  BOOST_TEST(!one("create", "pods").allow(wanted));
}

BOOST_AUTO_TEST_CASE(rules_add_up) {
  const Rights rights = asking_account().rights();
  BOOST_TEST(update_of(rights, "db"));
  BOOST_TEST(rights.allow({"create", "", "secrets", ""}));
}

// facts: what the replies of these bring.
BOOST_AUTO_TEST_CASE(each_verb_that_brings_a_value_is_found) {
  for (const char* const verb : {"get", "list", "watch", "patch", "delete"}) {
    BOOST_TEST(one(verb, "secrets").reading_verb("db") == verb);
    BOOST_TEST(one(verb, "secrets", "", {"db"}).reading_verb("db") == verb);
    BOOST_TEST(one(verb, "secrets", "", {"other"}).reading_verb("db") == "");
  }
  BOOST_TEST(one("deletecollection", "secrets").reading_verb("db") == "deletecollection");
  BOOST_TEST(one("*", "*", "*").reading_verb("db") == "get");
}

BOOST_AUTO_TEST_CASE(create_and_update_are_guesses_not_reading) {
  const Rights rights = asking_account().rights();
  BOOST_TEST(rights.reading_verb("db") == "");
  BOOST_TEST(rights.may_guess("db"));
  BOOST_TEST(rights.may_guess("other"));
  BOOST_TEST(!one("update", "secrets", "", {"tls"}).may_guess("db"));
  BOOST_TEST(!watching_account().rights().may_guess("db"));
}

BOOST_AUTO_TEST_CASE(what_is_printed_is_no_way_around) {
  BOOST_TEST(!asking_account().rights().way_around().has_value());
  BOOST_TEST(!watching_account().rights().way_around().has_value());
  const Account more = asking_account()
                           .may({"get", "list", "watch"}, "resourcequotas", {"blindfold"})
                           .may({"list", "watch"}, "events")
                           .may({"get"}, "configmaps", {"settings"})
                           .may({"get"}, "validatingadmissionpolicies", {"blindfold-ask-only"},
                                "admissionregistration.k8s.io");
  BOOST_TEST(!more.rights().way_around().has_value());
}

BOOST_AUTO_TEST_CASE(each_way_around_is_found) {
  const char* const admission = "admissionregistration.k8s.io";
  const char* const rbac = "rbac.authorization.k8s.io";
  const std::vector<Right> ways{
      {"create", "", "pods", ""},
      {"patch", "", "pods", ""},
      {"update", "", "pods", ""},
      {"create", "", "pods/exec", ""},
      {"get", "", "pods/exec", ""},
      {"create", "", "pods/attach", ""},
      {"patch", "", "pods/ephemeralcontainers", ""},
      {"create", "", "nodes/proxy", ""},
      {"create", "", "serviceaccounts/token", ""},
      {"impersonate", "", "serviceaccounts", ""},
      {"impersonate", "", "users", ""},
      {"impersonate", "", "groups", ""},
      {"patch", "", "replicationcontrollers", ""},
      {"patch", "apps", "deployments", ""},
      {"update", "apps", "statefulsets", ""},
      {"create", "apps", "daemonsets", ""},
      {"patch", "apps", "replicasets", ""},
      {"create", "batch", "jobs", ""},
      {"update", "batch", "cronjobs", ""},
      {"bind", rbac, "roles", ""},
      {"escalate", rbac, "roles", ""},
      {"bind", rbac, "clusterroles", ""},
      {"create", rbac, "rolebindings", ""},
      {"patch", rbac, "clusterrolebindings", ""},
      {"update", admission, "validatingadmissionpolicies", ""},
      {"delete", admission, "validatingadmissionpolicies", ""},
      {"deletecollection", admission, "validatingadmissionpolicybindings", ""},
      {"create", admission, "mutatingwebhookconfigurations", ""},
      {"patch", admission, "validatingwebhookconfigurations", ""},
  };
  for (const Right& way : ways) {
    const Account account = asking_account().may({way.verb}, way.resource, {}, way.group);
    const auto found = account.rights().way_around();
    BOOST_TEST_CONTEXT(way.verb << " " << way.resource) {
      BOOST_TEST((found == way));
      // To one name only, it is one as well.
      BOOST_TEST(Account()
                     .may({way.verb}, way.resource, {"web"}, way.group)
                     .rights()
                     .way_around()
                     .has_value());
    }
  }
  BOOST_TEST(one("*", "*", "*").way_around().has_value());
}

BOOST_AUTO_TEST_CASE(looking_at_workloads_is_no_way_around) {
  const Account account = Account()
                              .may({"get", "list", "watch"}, "pods")
                              .may({"get", "list", "watch"}, "deployments", {}, "apps")
                              .may({"get"}, "pods/log")
                              .may({"get"}, "serviceaccounts");
  BOOST_TEST(!account.rights().way_around().has_value());
}

BOOST_AUTO_TEST_SUITE_END()
