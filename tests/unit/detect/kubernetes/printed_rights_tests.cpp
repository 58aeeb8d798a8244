#include "detect/kubernetes/printed_rights.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "account.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;

const std::vector<std::string> secrets{"db", "tls"};

bool names(const std::vector<Right>& rights, const Right& right) {
  return std::ranges::find(rights, right) != rights.end();
}

std::vector<Right> surplus_of(const Account& account, Way way = Way::asking) {
  return surplus(account.rights(), printed_rights(way, secrets, {"settings"}));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(printed_rights_tests)

BOOST_AUTO_TEST_CASE(asking_needs_update_by_name_and_create) {
  const auto rights = printed_rights(Way::asking, secrets, {"settings"});
  BOOST_TEST(names(rights, {"update", "", "secrets", "db"}));
  BOOST_TEST(names(rights, {"update", "", "secrets", "tls"}));
  BOOST_TEST(names(rights, {"create", "", "secrets", ""}));
  BOOST_TEST(names(rights, {"watch", "", "resourcequotas", hint_quota}));
  BOOST_TEST(names(rights, {"get", "", "configmaps", "settings"}));
  for (const Right& right : rights) {
    const bool reads = right.verb == "get" || right.verb == "list" || right.verb == "watch";
    BOOST_TEST((right.resource != "secrets" || !reads));
  }
}

BOOST_AUTO_TEST_CASE(watching_needs_list_and_watch_by_name_and_no_way_to_guess) {
  for (const Way way : {Way::watching, Way::sweeping}) {
    const auto rights = printed_rights(way, secrets, {});
    for (const std::string& secret : secrets) {
      BOOST_TEST(names(rights, {"list", "", "secrets", secret}));
      BOOST_TEST(names(rights, {"watch", "", "secrets", secret}));
    }
    BOOST_TEST(std::ranges::none_of(rights, [](const Right& right) {
      return right.resource == "secrets" && (right.verb == "create" || right.verb == "update" ||
                                             right.verb == "get" || right.name.empty());
    }));
  }
}

BOOST_AUTO_TEST_CASE(an_account_exactly_as_printed_has_no_surplus) {
  BOOST_TEST(surplus_of(asking_account()).empty());
  BOOST_TEST(surplus_of(watching_account(), Way::watching).empty());
  Account all;
  for (const Right& right : printed_rights(Way::asking, secrets, {"settings"})) {
    all.may({right.verb}, right.resource,
            right.name.empty() ? std::vector<std::string>() : std::vector{right.name}, right.group);
  }
  BOOST_TEST(surplus_of(all).empty());
}

BOOST_AUTO_TEST_CASE(what_every_account_may_is_no_surplus) {
  const Account account =
      asking_account()
          .may({"create"}, "selfsubjectaccessreviews", {}, "authorization.k8s.io")
          .may({"create"}, "selfsubjectrulesreviews", {}, "authorization.k8s.io")
          .may({"create"}, "selfsubjectreviews", {}, "authentication.k8s.io");
  BOOST_TEST(surplus_of(account).empty());
}

BOOST_AUTO_TEST_CASE(every_right_more_is_named) {
  const Account account = asking_account()
                              .may({"get"}, "secrets", {"db"})
                              .may({"update"}, "secrets", {"other"})
                              .may({"patch"}, "deployments", {}, "apps");
  const std::vector<Right> expected{{"get", "", "secrets", "db"},
                                    {"update", "", "secrets", "other"},
                                    {"patch", "apps", "deployments", ""}};
  BOOST_TEST((surplus_of(account) == expected));
}

BOOST_AUTO_TEST_CASE(all_names_where_some_are_printed_is_a_surplus) {
  BOOST_TEST((surplus_of(Account().may({"update"}, "secrets")) ==
              std::vector<Right>{{"update", "", "secrets", ""}}));
  BOOST_TEST((surplus_of(Account().may({"*"}, "secrets", {"db"})) ==
              std::vector<Right>{{"*", "", "secrets", "db"}}));
  BOOST_TEST(
      (surplus_of(Account().may({"*"}, "*", {}, "*")) == std::vector<Right>{{"*", "*", "*", ""}}));
}

BOOST_AUTO_TEST_CASE(one_of_the_other_way_is_a_surplus) {
  BOOST_TEST(surplus_of(asking_account(), Way::watching).size() == 3);
  BOOST_TEST(surplus_of(watching_account(), Way::asking).size() == 4);
}

BOOST_AUTO_TEST_CASE(the_same_surplus_is_named_once) {
  const Account account =
      Account().may({"get", "get"}, "secrets", {"db"}).may({"get"}, "secrets", {"db"});
  BOOST_TEST(surplus_of(account).size() == 1);
}

BOOST_AUTO_TEST_CASE(fifty_are_named_at_most) {
  Account account;
  for (int each = 0; each < 200; ++each) {
    account.may({"get"}, "kind-" + std::to_string(each));
  }
  BOOST_TEST(surplus_of(account).size() == 50);
}

// A rule's lists multiply: a megabyte of them would take for ever.
BOOST_AUTO_TEST_CASE(a_rule_of_endless_combinations_comes_to_an_end) {
  kubernetes::Rules rules;
  auto& rule = rules.rules.emplace_back();
  rule.verbs.assign(5000, "create");
  rule.groups.assign(5000, "authorization.k8s.io");
  rule.resources.assign(5000, "selfsubjectrulesreviews");
  BOOST_TEST(surplus(Rights(rules), {}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
