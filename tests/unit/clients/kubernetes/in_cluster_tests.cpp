#include "clients/kubernetes/in_cluster.hpp"

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "support/scratch_folder.hpp"

using blindfold::base::ErrorKind;
using blindfold::support::ScratchFolder;
using namespace blindfold::kubernetes;

namespace {

struct Pod {
  Pod() {
    scratch.write("token", "a-token");
    scratch.write("ca.crt", "a certificate");
    scratch.write("namespace", "app");
  }
  [[nodiscard]] PodVariables variables() const {
    return {.service_host = "10.96.0.1",
            .service_port = "443",
            .name_space = {},
            .folder = scratch.path()};
  }
  [[nodiscard]] blindfold::base::Error refusal() const {
    const auto account = in_cluster_account(variables(), {});
    BOOST_REQUIRE(!account.has_value());
    BOOST_TEST(account.error().what.starts_with("the pod's service account: "));
    return account.error();
  }
  ScratchFolder scratch;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(in_cluster_tests)

BOOST_AUTO_TEST_CASE(a_pods_own_account) {
  const Pod pod;
  const auto account = in_cluster_account(pod.variables(), {});
  BOOST_REQUIRE(account.has_value());
  BOOST_TEST(account->endpoint.url == "https://10.96.0.1:443");
  BOOST_TEST(account->endpoint.ca_pem == "a certificate");
  BOOST_TEST(account->endpoint.verify);
  BOOST_TEST(account->endpoint.proxy.empty());
  BOOST_TEST(std::get<TokenFile>(account->credential).path == pod.scratch / "token");
  BOOST_TEST(account->ca_file == pod.scratch / "ca.crt");
  BOOST_TEST(account->name_space == "app");
  BOOST_TEST(account->context.empty());
  BOOST_TEST(account->files == (std::vector{pod.scratch / "token", pod.scratch / "ca.crt"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(an_ipv6_address_gets_brackets) {
  const Pod pod;
  PodVariables variables = pod.variables();
  variables.service_host = "fd00::1";
  BOOST_TEST(in_cluster_account(variables, {})->endpoint.url == "https://[fd00::1]:443");
}

BOOST_AUTO_TEST_CASE(the_namespace_is_the_variables_the_files_or_default) {
  const Pod pod;
  PodVariables variables = pod.variables();
  pod.scratch.write("namespace", "app\n");
  BOOST_TEST(in_cluster_account(variables, {})->name_space == "app");
  variables.name_space = "other";
  BOOST_TEST(in_cluster_account(variables, {})->name_space == "other");
  variables.name_space.clear();
  std::filesystem::remove(pod.scratch / "namespace");
  BOOST_TEST(in_cluster_account(variables, {})->name_space == "default");
  pod.scratch.write("namespace", "../x");
  BOOST_TEST(pod.refusal().what.find("namespace") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_proxy_of_the_environment_is_used_for_the_service_too) {
  const Pod pod;
  BOOST_TEST(
      in_cluster_account(pod.variables(), {.https_proxy = "p:1", .http_proxy = {}, .no_proxy = {}})
          ->endpoint.proxy == "http://p:1");
  BOOST_TEST(in_cluster_account(pod.variables(),
                                {.https_proxy = "p:1", .http_proxy = {}, .no_proxy = "10.0.0.0/8"})
                 ->endpoint.proxy.empty());
}

BOOST_AUTO_TEST_CASE(what_is_missing_is_named) {
  const Pod pod;
  std::filesystem::remove(pod.scratch / "token");
  const auto no_token = pod.refusal();
  BOOST_CHECK(no_token.kind == ErrorKind::missing);
  BOOST_TEST(no_token.what.find(pod.scratch / "token") != std::string::npos);
  BOOST_TEST(no_token.hint.find("automountServiceAccountToken") != std::string::npos);
  pod.scratch.write("token");
  std::filesystem::remove(pod.scratch / "ca.crt");
  BOOST_TEST(pod.refusal().what.find(pod.scratch / "ca.crt") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(variables_that_are_no_address_are_refused) {
  const Pod pod;
  for (const auto& [host, port] : {std::pair<const char*, const char*>{"a b", "443"},
                                   {"10.96.0.1", ""},
                                   {"10.96.0.1", "tcp://10.96.0.1:443"}}) {
    PodVariables variables = pod.variables();
    variables.service_host = host;
    variables.service_port = port;
    const auto account = in_cluster_account(variables, {});
    BOOST_REQUIRE(!account.has_value());
    BOOST_CHECK(account.error().kind == ErrorKind::configuration);
  }
}

BOOST_AUTO_TEST_SUITE_END()
