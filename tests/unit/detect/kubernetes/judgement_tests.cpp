#include "detect/kubernetes/judgement.hpp"

#include <rapidcheck.h>

#include <array>
#include <boost/test/unit_test.hpp>

#include "account.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;
using model::Sight;
using model::SightLevel;
using model::SightReason;

constexpr std::array<const char*, 12> verbs{
    "get",    "list", "watch", "patch",       "delete",  "update", "deletecollection",
    "create", "*",    "bind",  "impersonate", "escalate"};
constexpr std::array<const char*, 8> resources{
    "secrets", "configmaps", "pods", "pods/exec", "events", "*", "deployments", "resourcequotas"};

// Any rights at all, most of them to secrets.
Account any_account() {
  Account account;
  const auto count = *rc::gen::inRange(0, 5);
  for (int each = 0; each < count; ++each) {
    const auto verb = *rc::gen::inRange<std::size_t>(0, verbs.size());
    const auto resource = *rc::gen::inRange<std::size_t>(0, 2 * resources.size());
    const auto name = *rc::gen::element<std::string>("", "db", "tls", "other");
    account.may({verbs.at(verb)}, resource < resources.size() ? resources.at(resource) : "secrets",
                name.empty() ? std::vector<std::string>() : std::vector{name},
                *rc::gen::element<std::string>("", "", "apps", "*"));
  }
  return account;
}

Policy any_policy() {
  return *rc::gen::element(Policy::unknown, Policy::in_force, Policy::absent);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(judgement_tests)

BOOST_AUTO_TEST_CASE(asking_under_the_policy_is_enforced_by_the_api_server) {
  const Sight sight = judge(asking_account().rights(), Policy::in_force, "db", false);
  BOOST_TEST((sight == Sight{SightLevel::api_server, SightReason::none, ""}));
}

BOOST_AUTO_TEST_CASE(without_the_policy_asking_is_none) {
  BOOST_TEST((judge(asking_account().rights(), Policy::absent, "db", false) ==
              Sight{SightLevel::none, SightReason::no_ask_only_policy, ""}));
  BOOST_TEST((judge(asking_account().rights(), Policy::unknown, "db", false) ==
              Sight{SightLevel::none, SightReason::policy_unknown, ""}));
}

// `create` alone is enough: a webhook may answer with a value.
BOOST_AUTO_TEST_CASE(either_right_to_ask_needs_the_policy) {
  const Rights create = Account().may({"create"}, "secrets").rights();
  const Rights update = Account().may({"update"}, "secrets", {"db"}).rights();
  BOOST_TEST((judge(create, Policy::absent, "db", false).level == SightLevel::none));
  BOOST_TEST((judge(update, Policy::absent, "db", false).level == SightLevel::none));
  BOOST_TEST((judge(update, Policy::absent, "tls", false).level == SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(watching_is_wire_and_says_which_right) {
  BOOST_TEST((judge(watching_account().rights(), Policy::unknown, "db", false) ==
              Sight{SightLevel::wire, SightReason::may_read, "list"}));
  BOOST_TEST((judge(watching_account().rights(), Policy::unknown, "other", false).level ==
              SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(a_right_to_read_beside_the_policy_is_wire) {
  const Rights rights = asking_account().may({"get"}, "secrets", {"db"}).rights();
  BOOST_TEST((judge(rights, Policy::in_force, "db", false).level == SightLevel::wire));
  BOOST_TEST((judge(rights, Policy::in_force, "tls", false).level == SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(a_right_to_read_without_the_policy_is_none) {
  const Rights rights = asking_account().may({"get"}, "secrets").rights();
  BOOST_TEST((judge(rights, Policy::absent, "db", false).level == SightLevel::none));
}

// Validation runs before the policy: it tells whether a guess is right.
BOOST_AUTO_TEST_CASE(an_immutable_secret_that_may_be_updated_can_be_guessed) {
  BOOST_TEST((judge(asking_account().rights(), Policy::in_force, "db", true) ==
              Sight{SightLevel::none, SightReason::immutable_guess, ""}));
  const Rights create = Account().may({"create"}, "secrets").rights();
  BOOST_TEST((judge(create, Policy::in_force, "db", true).level == SightLevel::api_server));
}

BOOST_AUTO_TEST_CASE(a_way_around_is_none_and_is_named) {
  const Rights rights = asking_account().may({"create"}, "pods/exec").rights();
  BOOST_TEST((judge(rights, Policy::in_force, "db", false) ==
              Sight{SightLevel::none, SightReason::may_reach, "create pods/exec"}));
}

BOOST_AUTO_TEST_CASE(sight_is_never_better_than_the_worst_right) {
  BOOST_TEST(rc::check([] {
    const Rights rights = any_account().rights();
    const Policy policy = any_policy();
    const bool immutable = *rc::gen::arbitrary<bool>();
    const Sight sight = judge(rights, policy, "db", immutable);
    const bool updates = rights.allow({"update", "", "secrets", "db"});
    const bool creates = rights.allow({"create", "", "secrets", ""});
    const bool reaches = rights.way_around().has_value();
    const bool none =
        reaches || ((updates || creates) && policy != Policy::in_force) || (immutable && updates);
    bool reads = rights.allow({"deletecollection", "", "secrets", ""});
    for (const char* const verb : {"get", "list", "watch", "patch", "delete"}) {
      reads = reads || rights.allow({verb, "", "secrets", "db"});
    }
    RC_ASSERT((sight.level == SightLevel::none) == none);
    RC_ASSERT((sight.level == SightLevel::wire) == (!none && reads));
    RC_ASSERT((sight.level == SightLevel::api_server) == (!none && !reads));
  }));
}

BOOST_AUTO_TEST_CASE(one_right_more_never_makes_sight_better) {
  BOOST_TEST(rc::check([] {
    Account account = any_account();
    const Policy policy = any_policy();
    const bool immutable = *rc::gen::arbitrary<bool>();
    const auto before = judge(account.rights(), policy, "db", immutable).level;
    account.may({verbs.at(*rc::gen::inRange<std::size_t>(0, verbs.size()))},
                resources.at(*rc::gen::inRange<std::size_t>(0, resources.size())));
    RC_ASSERT(judge(account.rights(), policy, "db", immutable).level <= before);
  }));
}

BOOST_AUTO_TEST_CASE(what_may_be_listed_and_watched_is_watched) {
  BOOST_TEST((choose_way(watching_account().rights(), {"db", "tls"}) == Way::watching));
  BOOST_TEST((choose_way(asking_account().may({"list", "watch"}, "secrets").rights(), {"db"}) ==
              Way::watching));
}

BOOST_AUTO_TEST_CASE(the_strict_way_is_the_one_that_is_printed_by_default) {
  BOOST_TEST((choose_way(asking_account().rights(), {"db", "tls"}) == Way::asking));
}

// Else the account would be made to read by a Role that forgot one.
BOOST_AUTO_TEST_CASE(where_only_some_may_be_watched_all_are_asked_for) {
  const Rights rights = asking_account().may({"list", "watch"}, "secrets", {"db"}).rights();
  BOOST_TEST((choose_way(rights, {"db", "tls"}) == Way::asking));
}

BOOST_AUTO_TEST_CASE(a_line_that_is_missing_costs_that_secret_alone) {
  BOOST_TEST((choose_way(watching_account().rights(), {"db", "tls", "other"}) == Way::watching));
  BOOST_TEST((choose_way(Account().may({"update"}, "secrets", {"db"}).rights(), {"db", "tls"}) ==
              Way::asking));
}

BOOST_AUTO_TEST_CASE(list_without_watch_is_not_enough) {
  BOOST_TEST((choose_way(Account().may({"list"}, "secrets").rights(), {"db"}) == Way::none));
  BOOST_TEST((choose_way(Account().may({"watch"}, "secrets").rights(), {"db"}) == Way::none));
  BOOST_TEST((choose_way(Account().may({"get"}, "secrets").rights(), {"db"}) == Way::none));
  BOOST_TEST((choose_way(Account().rights(), {"db"}) == Way::none));
}

BOOST_AUTO_TEST_CASE(many_are_watched_as_one_namespace_where_that_is_allowed) {
  std::vector<std::string> many;
  for (int each = 0; each < 30; ++each) {
    many.push_back("secret-" + std::to_string(each));
  }
  const Rights whole = Account().may({"list", "watch"}, "secrets").rights();
  BOOST_TEST((choose_way(whole, many) == Way::sweeping));
  BOOST_TEST((choose_way(whole, {"db", "tls"}) == Way::watching));
  BOOST_TEST((choose_way(Account().may({"list", "watch"}, "secrets", many).rights(), many) ==
              Way::watching));
}

BOOST_AUTO_TEST_SUITE_END()
