#include "doctor/kubernetes/wanted.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::doctor::wanted_in_kubernetes;
using blindfold::manifest::Setting;
using blindfold::model::DirectoryLocator;
using blindfold::model::KubernetesLocator;
using blindfold::model::Requirement;

namespace {

Requirement in_kubernetes(const char* name_space, const char* secret) {
  Requirement requirement;
  requirement.locator = KubernetesLocator{.name_space = name_space, .secret = secret, .keys = {}};
  return requirement;
}

Setting setting(const char* name_space, const char* config_map) {
  Setting setting;
  setting.locator = {.name_space = name_space, .config_map = config_map, .key = "a"};
  return setting;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(wanted_tests)

BOOST_AUTO_TEST_CASE(each_name_once_in_the_order_of_the_requirements) {
  const std::vector<Requirement> requirements{in_kubernetes("b", "db"), in_kubernetes("", "db"),
                                              in_kubernetes("b", "smtp"), in_kubernetes("b", "db")};
  const auto wanted = wanted_in_kubernetes(requirements, {}, "own");
  BOOST_REQUIRE(wanted.size() == 2U);
  BOOST_TEST(wanted[0].name == "b");
  BOOST_TEST(wanted[0].secrets.size() == 2U);
  BOOST_TEST(wanted[0].secrets[1].name == "smtp");
  BOOST_TEST(wanted[1].name == "own");
  BOOST_TEST(wanted[1].secrets[0].type == "Opaque");
}

BOOST_AUTO_TEST_CASE(nothing_of_other_stores_nor_what_is_skipped) {
  std::vector<Requirement> requirements{in_kubernetes("a", "db"), {}};
  requirements[0].skipped = true;
  requirements[1].locator = DirectoryLocator{"/run/secrets", {"key"}};
  BOOST_TEST(wanted_in_kubernetes(requirements, {}, "own").empty());
}

BOOST_AUTO_TEST_CASE(settings_of_these_namespaces) {
  const std::vector<Requirement> requirements{in_kubernetes("", "db")};
  const std::vector<Setting> settings{setting("", "app"), setting("own", "app"),
                                      setting("other", "app"), setting("own", "more")};
  const auto wanted = wanted_in_kubernetes(requirements, settings, "own");
  BOOST_REQUIRE(wanted.size() == 1U);
  BOOST_TEST((wanted[0].config_maps == std::vector<std::string>{"app", "more"}));
}

BOOST_AUTO_TEST_SUITE_END()
