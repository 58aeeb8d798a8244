#include "clients/kubernetes/kubeconfig_exec.hpp"

#include <algorithm>
#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>

using namespace blindfold::kubernetes;
using blindfold::http::Endpoint;

namespace {

KubeconfigExec plugin() {
  return {.at = "/k:1:1",
          .command = "aws",
          .args = {"eks", "get-token"},
          .env = {{"AWS_PROFILE", "prod"}},
          .api_version = "client.authentication.k8s.io/v1beta1",
          .install_hint = "install it",
          .interactive_mode = "IfAvailable",
          .provide_cluster_info = false};
}

boost::json::value info_of(const ExecPlugin& exec) {
  BOOST_TEST(exec.environment.back().first == "KUBERNETES_EXEC_INFO");
  return boost::json::parse(exec.environment.back().second);
}

std::string refusal(const KubeconfigExec& exec) {
  const auto found = exec_plugin_of(exec, {}, {});
  BOOST_REQUIRE(!found.has_value());
  BOOST_TEST(found.error().what.starts_with("/k:1:1: "));
  return found.error().what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubeconfig_exec_tests)

BOOST_AUTO_TEST_CASE(a_plugin_is_run_as_the_protocol_says) {
  const auto exec = exec_plugin_of(plugin(), {}, {});
  BOOST_REQUIRE(exec.has_value());
  BOOST_TEST(exec->arguments == (std::vector<std::string>{"aws", "eks", "get-token"}),
             boost::test_tools::per_element());
  BOOST_TEST(exec->environment.front().first == "AWS_PROFILE");
  BOOST_TEST(exec->environment.front().second == "prod");
  BOOST_TEST(exec->environment.size() == 2U);
  BOOST_TEST(exec->install_hint == "install it");
  BOOST_TEST(exec->api_version == "client.authentication.k8s.io/v1beta1");
  BOOST_TEST(info_of(*exec) == boost::json::parse(R"(
    {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1",
     "spec":{"interactive":false}})"));
}

BOOST_AUTO_TEST_CASE(one_that_asked_for_it_is_told_of_the_cluster) {
  KubeconfigExec asks = plugin();
  asks.provide_cluster_info = true;
  KubeconfigCluster cluster;
  cluster.proxy_url = "http://proxy:1";
  cluster.exec_config = R"({"audience":"x"})";
  Endpoint endpoint;
  endpoint.url = "https://api.example:443";
  endpoint.ca_pem = "the authority";
  endpoint.server_name = "kubernetes";
  BOOST_TEST(info_of(exec_plugin_of(asks, cluster, endpoint).value()) == boost::json::parse(R"(
    {"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1beta1",
     "spec":{"interactive":false,"cluster":{"server":"https://api.example:443",
       "tls-server-name":"kubernetes","certificate-authority-data":"dGhlIGF1dGhvcml0eQ==",
       "proxy-url":"http://proxy:1","config":{"audience":"x"}}}})"));
  endpoint = {};
  endpoint.url = "https://a:1";
  endpoint.verify = false;
  BOOST_TEST(info_of(exec_plugin_of(asks, {}, endpoint).value()).at("spec").at("cluster") ==
             boost::json::parse(R"({"server":"https://a:1","insecure-skip-tls-verify":true})"));
}

BOOST_AUTO_TEST_CASE(what_cannot_be_run_so_is_refused) {
  KubeconfigExec exec = plugin();
  exec.interactive_mode = "Always";
  BOOST_TEST(refusal(exec).find("nobody could answer") != std::string::npos);
  exec.interactive_mode = "Sometimes";
  BOOST_TEST(refusal(exec).find("is unknown") != std::string::npos);
  exec.interactive_mode = "";
  BOOST_TEST(exec_plugin_of(exec, {}, {}).has_value());
  exec.api_version = "client.authentication.k8s.io/v1alpha1";
  BOOST_TEST(refusal(exec).find("apiVersion") != std::string::npos);
  exec = plugin();
  exec.command.clear();
  BOOST_TEST(refusal(exec).find("`command`") != std::string::npos);
  exec = plugin();
  exec.env.emplace_back("A=B", "c");
  BOOST_TEST(refusal(exec).find("`env`") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
