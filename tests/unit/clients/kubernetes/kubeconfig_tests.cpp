#include "clients/kubernetes/kubeconfig.hpp"

#include <boost/test/unit_test.hpp>

using blindfold::base::ErrorKind;
using namespace blindfold::kubernetes;

namespace {

Kubeconfig read(std::string_view text, const std::string& file = "/u/me/.kube/config") {
  auto kubeconfig = read_kubeconfig(text, file);
  BOOST_REQUIRE_MESSAGE(kubeconfig.has_value(), (kubeconfig ? "" : kubeconfig.error().what));
  return *std::move(kubeconfig);
}

std::string refusal(std::string_view text) {
  const auto kubeconfig = read_kubeconfig(text, "/k");
  BOOST_REQUIRE_MESSAGE(!kubeconfig.has_value(), text);
  BOOST_CHECK(kubeconfig.error().kind == ErrorKind::configuration);
  BOOST_TEST(kubeconfig.error().what.find("canary") == std::string::npos);
  BOOST_TEST(kubeconfig.error().hint.find("canary") == std::string::npos);
  return kubeconfig.error().what;
}

std::string text_of(const blindfold::secret::SecretBuffer& buffer) {
  return buffer.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubeconfig_tests)

BOOST_AUTO_TEST_CASE(everything_that_counts_is_read) {
  const Kubeconfig kubeconfig = read(R"(
apiVersion: v1
kind: Config
preferences: {colors: true}
current-context: prod
clusters:
- name: prod
  cluster:
    server: https://api.example:6443
    certificate-authority: pki/ca.crt
    certificate-authority-data: Y2E=
    insecure-skip-tls-verify: true
    tls-server-name: kubernetes
    proxy-url: socks5://proxy:1080
    disable-compression: true
    extensions:
    - name: other
      extension: {x: y}
    - name: client.authentication.k8s.io/exec
      extension: {audience: "1", count: 2, on: true, list: [a, null]}
users:
- name: me
  user:
    token: a-token
    tokenFile: /absolute/token
    client-certificate: ../me.crt
    client-certificate-data: Y2VydA==
    client-key: me.key
    client-key-data: a2V5
    exec:
      apiVersion: client.authentication.k8s.io/v1
      command: bin/plugin
      args: [a, "b c"]
      env:
      - {name: A, value: "1"}
      - {name: B}
      installHint: install it
      interactiveMode: Never
      provideClusterInfo: true
contexts:
- name: prod
  context: {cluster: prod, user: me, namespace: app}
)");
  const KubeconfigCluster& cluster = kubeconfig.clusters.at("prod");
  BOOST_TEST(cluster.at == "/u/me/.kube/config:9:5");
  BOOST_TEST(cluster.server == "https://api.example:6443");
  BOOST_TEST(cluster.certificate_authority == "/u/me/.kube/pki/ca.crt");
  BOOST_TEST(cluster.certificate_authority_data == "Y2E=");
  BOOST_TEST(cluster.insecure_skip_tls_verify);
  BOOST_TEST(cluster.tls_server_name == "kubernetes");
  BOOST_TEST(cluster.proxy_url == "socks5://proxy:1080");
  BOOST_TEST(cluster.exec_config == R"({"audience":"1","count":2,"on":true,"list":["a",null]})");
  const KubeconfigUser& user = kubeconfig.users.at("me");
  BOOST_TEST(text_of(user.token) == "a-token");
  BOOST_TEST(user.token_file == "/absolute/token");
  BOOST_TEST(user.client_certificate == "/u/me/me.crt");
  BOOST_TEST(user.client_certificate_data == "Y2VydA==");
  BOOST_TEST(user.client_key == "/u/me/.kube/me.key");
  BOOST_TEST(text_of(user.client_key_data) == "a2V5");
  BOOST_TEST(user.refused.empty());
  const KubeconfigExec& exec = user.exec.value();
  BOOST_TEST(exec.api_version == "client.authentication.k8s.io/v1");
  BOOST_TEST(exec.command == "/u/me/.kube/bin/plugin");
  BOOST_TEST(exec.args == (std::vector<std::string>{"a", "b c"}), boost::test_tools::per_element());
  BOOST_CHECK(
      (exec.env == std::vector<std::pair<std::string, std::string>>{{"A", "1"}, {"B", ""}}));
  BOOST_TEST(exec.install_hint == "install it");
  BOOST_TEST(exec.interactive_mode == "Never");
  BOOST_TEST(exec.provide_cluster_info);
  const KubeconfigContext& context = kubeconfig.contexts.at("prod");
  BOOST_TEST(context.cluster == "prod");
  BOOST_TEST(context.user == "me");
  BOOST_TEST(context.name_space == "app");
  BOOST_TEST(kubeconfig.current_context == "prod");
}

BOOST_AUTO_TEST_CASE(json_is_read_and_a_command_without_a_slash_stays) {
  const Kubeconfig kubeconfig = read(
      R"({"kind":"Config","apiVersion":"v1","clusters":null,"contexts":[],
          "users":[{"name":"me","user":{"exec":{"command":"aws","args":null,"env":null}}}]})");
  BOOST_TEST(kubeconfig.users.at("me").exec->command == "aws");
  BOOST_TEST(kubeconfig.users.at("me").exec->args.empty());
}

BOOST_AUTO_TEST_CASE(nothing_is_an_empty_kubeconfig) {
  BOOST_TEST(read("").empty());
  BOOST_TEST(read(" \n\t\r\n").empty());
  BOOST_TEST(read("{}").empty());
  BOOST_TEST(
      read("apiVersion: v1\nkind: Config\npreferences: {}\ncurrent-context: \"\"\n").empty());
  BOOST_TEST(!read("current-context: x").empty());
}

BOOST_AUTO_TEST_CASE(what_is_not_followed_is_noted_and_no_error_yet) {
  const Kubeconfig kubeconfig =
      read("users: [{name: a, user: {username: u, password: p, as: x, auth-provider: {name: y}}}]");
  BOOST_TEST(kubeconfig.users.at("a").refused ==
                 (std::vector<std::string>{"username", "password", "auth-provider", "as"}),
             boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_named_with_its_place_and_without_a_value) {
  const std::pair<std::string_view, std::string_view> cases[] = {
      {"kind: Secret", "/k:1:7: this is not a kubeconfig"},
      {"apiVersion: v2", "/k:1:13: the `apiVersion` of a kubeconfig is v1"},
      {"- canary", "/k:1:1: keys and values are wanted here"},
      {"users: canary", "/k:1:8: `users` is a list"},
      {"users: [canary]", "/k:1:9: keys and values are wanted here"},
      {"users: [{name: a, user: canary}]", "/k:1:25: keys and values are wanted here"},
      {"users: [{name: a, user: {token: [canary]}}]", "/k:1:33: `token` is text"},
      {"users: [{name: a, user: {token: canary, token: canary}}]",
       "/k:1:41: the key is there twice"},
      {"users: [{name: a, user: {exec: {args: [[canary]]}}}]",
       "/k:1:40: `args` is a list of texts"},
      {"users: [{name: a}, {name: a}]", "/k:1:20: another user before has this name, too"},
      {"clusters: [{name: a, cluster: {insecure-skip-tls-verify: canary}}]",
       "/k:1:58: `insecure-skip-tls-verify` is true or false"},
      {"clusters: [{name: a, cluster: {insecure-skip-tls-verify: \"yes\"}}]",
       "/k:1:58: `insecure-skip-tls-verify` is true or false"}};
  for (const auto& [text, words] : cases) {
    BOOST_TEST(refusal(text).starts_with(words), refusal(text));
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_yaml_is_refused_without_a_character_of_it) {
  BOOST_TEST(refusal("users: [{name: a, user: {token: \"\\canary\"}}]") == "/k:1:36: not YAML");
  BOOST_TEST(refusal("users:\n- token: canary\n canary: x").starts_with("/k:3"));
  BOOST_TEST(refusal("token: \"canary").starts_with("/k:1"));
  BOOST_TEST(refusal("a: 1\n---\ntoken: canary").starts_with("/k:2"));
  BOOST_TEST(refusal("token: !canary x").starts_with("/k:1"));
  BOOST_TEST(refusal("token: canary\x01").starts_with("/k:1"));
}

BOOST_AUTO_TEST_CASE(of_two_of_a_name_the_first_one_counts_whole) {
  Kubeconfig merged = read(R"(
clusters: [{name: c, cluster: {server: "https://a"}}]
users: [{name: u, user: {tokenFile: /a}}]
contexts: [{name: x, context: {cluster: c}}]
)");
  merge(merged, read(R"(
current-context: x
clusters: [{name: c, cluster: {server: "https://b", tls-server-name: b}}, {name: d, cluster: {server: "https://d"}}]
users: [{name: u, user: {tokenFile: /b, client-key: /b}}]
contexts: [{name: x, context: {cluster: d, user: u, namespace: b}}]
)"));
  merge(merged, read("current-context: other"));
  BOOST_TEST(merged.clusters.at("c").server == "https://a");
  BOOST_TEST(merged.clusters.at("c").tls_server_name.empty());
  BOOST_TEST(merged.clusters.at("d").server == "https://d");
  BOOST_TEST(merged.users.at("u").token_file == "/a");
  BOOST_TEST(merged.users.at("u").client_key.empty());
  BOOST_TEST(merged.contexts.at("x").user.empty());
  BOOST_TEST(merged.current_context == "x");
}

BOOST_AUTO_TEST_CASE(hundreds_of_contexts_with_certificates_are_read) {
  const std::string data(10'000, 'A');
  std::string text = "clusters:\n";
  for (int i = 0; i < 90; ++i) {
    text += "- name: c" + std::to_string(i) + "\n  cluster: {server: \"https://c" +
            std::to_string(i) + "\", certificate-authority-data: " + data + "}\n";
  }
  text += "contexts:\n";
  for (int i = 0; i < 900; ++i) {
    text += "- {name: x" + std::to_string(i) + ", context: {cluster: c1}}\n";
  }
  const Kubeconfig kubeconfig = read(text);
  BOOST_TEST(kubeconfig.contexts.size() == 900U);
  BOOST_TEST(kubeconfig.clusters.at("c89").certificate_authority_data == data);
}

BOOST_AUTO_TEST_SUITE_END()
