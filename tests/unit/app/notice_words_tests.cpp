#include "app/notice_words.hpp"

#include <boost/test/unit_test.hpp>

namespace blindfold::app {
namespace {

using detect::Notice;
using detect::Policy;
using detect::Way;

BOOST_AUTO_TEST_SUITE(notice_words_tests)

BOOST_AUTO_TEST_CASE(each_way_is_said) {
  BOOST_TEST(
      describe(Notice{.name_space = "app", .way = Way::asking, .policy = Policy::in_force}) ==
      "namespace \"app\": asks for each secret, the ask-only policy is in force");
  BOOST_TEST(
      describe(Notice{
          .name_space = "app", .way = Way::asking, .policy = Policy::absent, .hinted = true}) ==
      "namespace \"app\": asks for each secret, the ask-only policy is not in force, a quota "
      "says when to ask");
  BOOST_TEST(describe(Notice{.name_space = "app", .way = Way::sweeping}) ==
             "namespace \"app\": watches all secrets as table rows");
  BOOST_TEST(describe(Notice{.name_space = "app"}) ==
             "namespace \"app\": the account has not the rights to look: agent permissions --for "
             "kubernetes prints them");
}

BOOST_AUTO_TEST_CASE(rights_beyond_are_named_a_few_of_them) {
  Notice notice{.name_space = "app", .way = Way::watching};
  notice.surplus = {{"get", "", "secrets", "db"}, {"create", "apps", "deployments", ""}};
  BOOST_TEST(describe(notice) ==
             "namespace \"app\": watches each secret as a table row; rights that agent permissions "
             "does not print: get secrets db, create deployments.apps");
  notice.surplus.assign(12, {"get", "", "pods", ""});
  BOOST_TEST(describe(notice).ends_with(" and 2 more"));
}

BOOST_AUTO_TEST_CASE(what_others_named_is_safe_to_print) {
  Notice notice{.name_space = "app", .way = Way::watching};
  notice.surplus = {{"get", "", "secrets", "\x1b[2J"}};
  BOOST_TEST(describe(notice).find('\x1b') == std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()

}  // namespace
}  // namespace blindfold::app
