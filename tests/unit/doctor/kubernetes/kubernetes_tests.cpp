// In a process of its own, as it is used, it is tested end to end.
#include "doctor/kubernetes/kubernetes.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <string>
#include <vector>

#include "support/loop_fixture.hpp"

using blindfold::base::ErrorKind;
using blindfold::doctor::Reply;
using blindfold::doctor::try_kubernetes;
using blindfold::kubernetes::Account;
using blindfold::model::KubernetesLocator;
using blindfold::model::Requirement;

namespace {

const std::vector<Requirement>& required() {
  static const std::vector<Requirement> requirements = [] {
    Requirement requirement;
    requirement.locator = KubernetesLocator{.name_space = "", .secret = "db", .keys = {}};
    return std::vector{requirement};
  }();
  return requirements;
}

Account account_in(std::string name_space) {
  Account account;
  account.endpoint.url = "http://127.0.0.1:1";  // where nobody listens
  account.name_space = std::move(name_space);
  account.source = "/etc/kubeconfig";
  return account;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(kubernetes_tests, blindfold::support::LoopFixture)

BOOST_AUTO_TEST_CASE(a_namespace_that_would_be_another_path_is_refused) {
  for (const char* const name : {"", "a/b", "app?watch=1", "..", "App"}) {
    const auto report =
        try_kubernetes(loop(), account_in(name), nullptr, required(), {}, std::chrono::seconds(30));
    BOOST_REQUIRE(!report.has_value());
    BOOST_TEST((report.error().kind == ErrorKind::usage));
    BOOST_TEST(report.error().what.starts_with("/etc/kubeconfig: "));
    BOOST_TEST(!report.error().hint.empty());
  }
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_no_proof) {
  const auto report =
      try_kubernetes(loop(), account_in("app"), nullptr, required(), {}, std::chrono::seconds(30));
  BOOST_REQUIRE(report.has_value());
  BOOST_TEST(!report->proven());
  BOOST_TEST((report->namespaces.at(0).secrets.at(0).get.reply == Reply::untried));
}

BOOST_AUTO_TEST_SUITE_END()
