#include "app/confine.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>

#include "deployments.hpp"

using blindfold::app::Loaded;
using blindfold::app::plan_of;
using blindfold::sandbox::default_readable;
using blindfold::support::deployment_of;
using Paths = std::vector<std::string>;

BOOST_AUTO_TEST_SUITE(confine_tests)

BOOST_AUTO_TEST_CASE(the_folders_of_its_own_files_stay_readable_after_the_systems) {
  const Loaded loaded{{}, {"/etc/blindfold/agent.yaml", "/srv/vendor/manifest.yaml"}};
  const auto plan = plan_of(loaded, {});
  Paths expected = default_readable();
  expected.insert(expected.end(), {"/etc/blindfold", "/srv/vendor"});
  BOOST_TEST(plan.readable == expected, boost::test_tools::per_element());
  BOOST_TEST(plan.writable.empty());
  BOOST_TEST(plan.guarded.empty());
}

BOOST_AUTO_TEST_CASE(the_folders_of_a_rotating_token_and_ca_stay_readable) {
  blindfold::app::Access access;
  access.kubernetes.emplace();
  access.kubernetes->files = {"/run/sa/token", "/etc/cluster/ca.crt"};
  Paths expected = default_readable();
  expected.insert(expected.end(), {"/run/sa", "/etc/cluster"});
  BOOST_TEST(plan_of(Loaded{}, access).readable == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(the_folder_of_each_requirement_in_files_is_guarded) {
  const Loaded loaded{
      deployment_of("requirements:\n"
                    "  - { id: a, provided-by: customer, store: { directory: { path: /a/b, keys: "
                    "[k] } } }\n"
                    "  - { id: b, provided-by: customer, store: { mount: { path: /c } } }\n"
                    "  - { id: c, provided-by: customer, store: { kubernetes: { secret: x } } }\n"
                    "  - { id: d, provided-by: customer, required: false, store: { mount: { path: "
                    "/d } } }\n"
                    "override: { d: skip }\n"),
      {}};
  const Paths expected{"/a/b", "/c", "/d"};  // what is skipped is nobody's to read either
  BOOST_TEST(plan_of(loaded, {}).guarded == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()
