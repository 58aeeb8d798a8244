#include "clients/kubernetes/kubeconfig_account.hpp"

#include <boost/test/unit_test.hpp>

#include "support/scratch_folder.hpp"

using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::base::Result;
using blindfold::support::ScratchFolder;
using namespace blindfold::kubernetes;

namespace {

/// A kubeconfig with one context, of a cluster and a user given in flow style.
std::string with(const std::string& cluster, const std::string& user = "{}",
                 const std::string& context = "cluster: c, user: u") {
  return "clusters:\n- name: c\n  cluster: {" + cluster + "}\nusers:\n- name: u\n  user: " + user +
         "\ncontexts:\n- name: x\n  context: {" + context + "}\ncurrent-context: x\n";
}

const std::string server = R"(server: "https://api.example:6443")";

Result<Account> account(const std::string& text, const std::string& file = "/k",
                        const std::optional<std::string>& context = {},
                        const blindfold::account::ProxyVariables& variables = {}) {
  auto kubeconfig = read_kubeconfig(text, file);
  BOOST_REQUIRE_MESSAGE(kubeconfig.has_value(), (kubeconfig ? "" : kubeconfig.error().what));
  return account_of(*std::move(kubeconfig), context, variables);
}

Account found(const std::string& text, const std::string& file = "/k") {
  auto result = account(text, file);
  BOOST_REQUIRE_MESSAGE(result.has_value(), (result ? "" : result.error().what));
  return *std::move(result);
}

Error refusal(const std::string& text, const std::string& file = "/k") {
  const auto result = account(text, file);
  BOOST_REQUIRE_MESSAGE(!result.has_value(), text);
  BOOST_TEST(result.error().what.find("canary") == std::string::npos);
  BOOST_TEST(result.error().hint.find("canary") == std::string::npos);
  return result.error();
}

std::string text_of(const blindfold::secret::SecretBuffer& buffer) {
  return buffer.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kubeconfig_account_tests)

BOOST_AUTO_TEST_CASE(a_context_comes_to_an_account) {
  const Account it =
      found(with(server + R"(, certificate-authority-data: Y2E=, tls-server-name: kubernetes)",
                 "{token: a-token}", "cluster: c, user: u, namespace: app"));
  BOOST_TEST(it.endpoint.url == "https://api.example:6443");
  BOOST_TEST(it.endpoint.ca_pem == "ca");
  BOOST_TEST(it.endpoint.server_name == "kubernetes");
  BOOST_TEST(it.endpoint.verify);
  BOOST_TEST(it.endpoint.proxy.empty());
  BOOST_TEST(text_of(std::get<StaticToken>(it.credential).token) == "a-token");
  BOOST_TEST(it.ca_file.empty());
  BOOST_TEST(it.name_space == "app");
  BOOST_TEST(it.context == "x");
  BOOST_TEST(it.source == "/k");
  BOOST_TEST(it.files.empty());
  BOOST_TEST(found(with(server)).name_space == "default");
  BOOST_TEST(std::holds_alternative<NoToken>(found(with(server)).credential));
}

BOOST_AUTO_TEST_CASE(certificates_and_keys_are_read_from_files_or_data) {
  const ScratchFolder scratch;
  scratch.write("ca.crt", "the authority");
  scratch.write("me.crt", "the certificate");
  scratch.write("me.key", "the key");
  const Account files = found(with(server + ", certificate-authority: ca.crt",
                                   "{client-certificate: me.crt, client-key: me.key}"),
                              scratch / "config");
  BOOST_TEST(files.endpoint.ca_pem == "the authority");
  BOOST_TEST(files.endpoint.certificate_pem == "the certificate");
  BOOST_TEST(text_of(files.endpoint.key_pem) == "the key");
  BOOST_TEST(files.files.empty(), "what was read for good need not stay readable");
  const Account data =
      found(with(server, "{client-certificate-data: Y2VydA==, client-key-data: a2V5}"));
  BOOST_TEST(data.endpoint.certificate_pem == "cert");
  BOOST_TEST(text_of(data.endpoint.key_pem) == "key");
  const Account both =
      found(with(server, "{client-certificate-data: Y2VydA==, client-key: me.key, token: t}"),
            scratch / "config");
  BOOST_TEST(text_of(both.endpoint.key_pem) == "the key");
  BOOST_TEST(std::holds_alternative<StaticToken>(both.credential));
}

BOOST_AUTO_TEST_CASE(a_token_file_counts_before_a_token_and_that_before_a_plugin) {
  const std::string exec =
      "exec: {apiVersion: client.authentication.k8s.io/v1, command: aws, interactiveMode: Never}";
  const Account file = found(with(server, "{tokenFile: t, token: a, " + exec + "}"), "/d/k");
  BOOST_TEST(std::get<TokenFile>(file.credential).path == "/d/t");
  BOOST_TEST(file.files == std::vector<std::string>{"/d/t"}, boost::test_tools::per_element());
  BOOST_TEST(std::holds_alternative<StaticToken>(
      found(with(server, "{token: a, " + exec + "}")).credential));
  BOOST_TEST(std::holds_alternative<ExecPlugin>(found(with(server, "{" + exec + "}")).credential));
}

BOOST_AUTO_TEST_CASE(insecure_only_where_it_says_so) {
  BOOST_TEST(!found(with(server + ", insecure-skip-tls-verify: true")).endpoint.verify);
  BOOST_TEST(found(with(server + ", insecure-skip-tls-verify: false")).endpoint.verify);
  BOOST_TEST(
      refusal(with(server + ", insecure-skip-tls-verify: true, certificate-authority-data: Y2E="))
          .what.starts_with("/k:3:12: both a certificate authority"));
}

BOOST_AUTO_TEST_CASE(a_proxy_is_the_clusters_or_the_environments) {
  const blindfold::account::ProxyVariables variables{
      .https_proxy = "http://env:1", .http_proxy = {}, .no_proxy = {}};
  BOOST_TEST(account(with(server), "/k", {}, variables)->endpoint.proxy == "http://env:1");
  BOOST_TEST(account(with(server + R"(, proxy-url: "http://own:2")"), "/k", {}, variables)
                 ->endpoint.proxy == "http://own:2");
  BOOST_TEST(
      refusal(with(server + R"(, proxy-url: "ftp://canary@own:2")")).what.find("proxy-url") !=
      std::string::npos);
  const auto wrong = account(with(server), "/k", {},
                             {.https_proxy = "ftp://canary", .http_proxy = {}, .no_proxy = {}});
  BOOST_REQUIRE(!wrong.has_value());
  BOOST_TEST(wrong.error().what.starts_with("HTTPS_PROXY is no URL"));
}

BOOST_AUTO_TEST_CASE(plain_http_is_for_this_machine_and_takes_no_credential) {
  const Account proxied = found(with(R"(server: "http://127.0.0.1:8001")", "{token: a}"));
  BOOST_TEST(proxied.endpoint.url == "http://127.0.0.1:8001");
  BOOST_TEST(std::holds_alternative<NoToken>(proxied.credential));
  BOOST_TEST(refusal(with(R"(server: "http://api.example")")).what.find("http://") !=
             std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_we_do_not_follow_is_refused_with_what_to_do) {
  for (const auto& [user, key] :
       {std::pair<std::string, std::string>{"{username: canary}", "username"},
        {"{password: canary}", "password"},
        {"{auth-provider: {name: canary}}", "auth-provider"},
        {"{token: canary, as: canary}", "as"},
        {"{token: canary, as-groups: [canary]}", "as-groups"}}) {
    const Error error = refusal(with(server, user));
    BOOST_TEST(error.what == "/k:6:9: `" + key + "` is not supported");
    BOOST_TEST(!error.hint.empty());
  }
}

BOOST_AUTO_TEST_CASE(what_is_wrong_is_said_with_its_place) {
  const std::pair<std::string, std::string> cases[] = {
      {with(""), "/k:3:12: the cluster has no `server`"},
      {with("server: api.example"), "/k:3:12: `server` is not of the form https://HOST:PORT"},
      {with(server + ", certificate-authority-data: canary!"),
       "/k:3:12: `certificate-authority-data` is not base64"},
      {with(server + ", certificate-authority-data: Y2E=, certificate-authority: /ca"),
       "/k:3:12: both `certificate-authority` and `certificate-authority-data`"},
      {with(server + ", certificate-authority: /no/such/file"),
       "/k:3:12: `certificate-authority`: /no/such/file: No such file or directory"},
      {with(server, "{client-certificate-data: Y2VydA==}"),
       "/k:6:9: a client certificate, and no key for it"},
      {with(server, "{client-key-data: a2V5}"), "/k:6:9: a client key, and no certificate for it"},
      {with(server, "{client-certificate-data: Y2VydA==, client-key-data: canary!}"),
       "/k:6:9: `client-key-data` is not base64"},
      {with(server, R"({token: "canary canary"})"),
       "/k:6:9: `token`: holds something else than a token"},
      {with(server, "{}", "cluster: c, user: u, namespace: Canary_"),
       "/k:9:12: `namespace` is no name of a namespace"}};
  for (const auto& [text, words] : cases) {
    BOOST_TEST(refusal(text).what == words);
  }
}

BOOST_AUTO_TEST_CASE(names_that_lead_nowhere_are_said_with_the_nearest) {
  Error error = refusal(with(server, "{}", "cluster: d, user: u"));
  BOOST_TEST(error.what == "/k:9:12: there is no cluster \"d\"");
  BOOST_TEST(error.hint == "there are: \"c\"");
  BOOST_TEST(refusal(with(server, "{}", "cluster: c, user: v")).what ==
             "/k:9:12: there is no user \"v\"");
  const std::string text = "contexts: [{name: production, context: {cluster: c}}]\n";
  auto chosen = account(text, "/k", "prodcution");
  BOOST_REQUIRE(!chosen.has_value());
  BOOST_CHECK(chosen.error().kind == ErrorKind::usage);
  BOOST_TEST(chosen.error().what == "the kubeconfig has no context \"prodcution\"");
  BOOST_TEST(chosen.error().hint == "did you mean \"production\"?");
  error = refusal(text + "current-context: other");
  BOOST_CHECK(error.kind == ErrorKind::configuration);
  BOOST_TEST(error.what == "the kubeconfig's current context is not in it: \"other\"");
  error = refusal(text);
  BOOST_TEST(error.what == "the kubeconfig has no current context");
  BOOST_TEST(error.hint == "choose one with --context; there are: \"production\"");
}

BOOST_AUTO_TEST_CASE(what_is_wrong_elsewhere_is_none_of_our_business) {
  const std::string text = with(server, "{token: a}") + "# more\n";
  auto kubeconfig = read_kubeconfig(text, "/k").value();
  merge(kubeconfig, read_kubeconfig("users: [{name: other, user: {username: a, exec: {}}}]\n"
                                    "clusters: [{name: other, cluster: {server: nonsense}}]\n"
                                    "contexts: [{name: other, context: {cluster: nowhere}}]",
                                    "/l")
                        .value());
  BOOST_TEST(account_of(std::move(kubeconfig), {}, {}).has_value());
}

BOOST_AUTO_TEST_SUITE_END()
