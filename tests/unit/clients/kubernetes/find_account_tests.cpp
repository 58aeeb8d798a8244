#include "clients/kubernetes/find_account.hpp"

#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>

#include "clients/account/file.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::support::ScratchFolder;
using namespace blindfold::kubernetes;

namespace {

std::string config(const std::string& name) {
  return "clusters: [{name: c, cluster: {server: \"https://" + name +
         "\"}}]\ncontexts:\n- {name: x, context: {cluster: c}}\n- {name: " + name +
         ", context: {cluster: c, namespace: of-" + name + "}}\ncurrent-context: x\n";
}

struct Home {
  Home() {
    pod.folder("pod");
    environment.home = scratch.folder("home");
    environment.folder = scratch.path();
    environment.service_account = pod / "pod";
  }
  void be_a_pod() {
    pod.write("pod/token", "a-token");
    pod.write("pod/ca.crt", "a certificate");
    pod.write("pod/namespace", "app");
    environment.service_host = "10.96.0.1";
    environment.service_port = "443";
  }
  void have_a_kubeconfig() const {
    scratch.folder("home/.kube");
    scratch.write("home/.kube/config", config("home"));
  }
  [[nodiscard]] std::string url(const AccountChoice& choice = {}) const {
    const auto account = find_account(environment, choice);
    return account ? account->endpoint.url : "none: " + account.error().what;
  }
  [[nodiscard]] Error refusal(const AccountChoice& choice = {}) const {
    const auto account = find_account(environment, choice);
    BOOST_REQUIRE(!account.has_value());
    return account.error();
  }
  ScratchFolder scratch;
  ScratchFolder pod;
  Environment environment;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(find_account_tests)

BOOST_AUTO_TEST_CASE(a_kubeconfig_counts_before_the_pods_account) {
  Home home;
  home.be_a_pod();
  BOOST_TEST(home.url() == "https://10.96.0.1:443");
  home.have_a_kubeconfig();
  BOOST_TEST(home.url() == "https://home:443");
  home.environment.kubeconfig = home.scratch.write("own", config("own"));
  BOOST_TEST(home.url() == "https://own:443");
}

BOOST_AUTO_TEST_CASE(an_empty_kubeconfig_says_nothing) {
  Home home;
  home.be_a_pod();
  home.environment.kubeconfig = "/dev/null";
  BOOST_TEST(home.url() == "https://10.96.0.1:443");
}

BOOST_AUTO_TEST_CASE(several_files_are_merged_and_missing_ones_passed_over) {
  Home home;
  home.have_a_kubeconfig();
  home.scratch.write("a", "clusters: [{name: c, cluster: {server: \"https://a\"}}]");
  home.scratch.write("b", config("b"));
  home.environment.kubeconfig = ":none::a:" + home.scratch / "b" + ":";
  BOOST_TEST(home.url() == "https://a:443");
  const auto account = find_account(home.environment, {.context = "b", .name_space = {}});
  BOOST_REQUIRE(account.has_value());
  BOOST_TEST(account->source == home.scratch / "b");
  BOOST_TEST(account->name_space == "of-b");
}

BOOST_AUTO_TEST_CASE(where_kubeconfig_names_nothing_that_is_there_it_is_an_error) {
  Home home;
  home.be_a_pod();
  home.have_a_kubeconfig();
  home.environment.kubeconfig = "none";
  Error error = home.refusal();
  BOOST_CHECK(error.kind == ErrorKind::missing);
  BOOST_TEST(error.what ==
             home.scratch / "none" + ": there is no such file, and KUBECONFIG names it");
  home.environment.kubeconfig = "none:neither";
  BOOST_CHECK(home.refusal().kind == ErrorKind::missing);
  home.environment.kubeconfig = ":";
  BOOST_TEST(home.url() == "https://10.96.0.1:443");
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_read_is_an_error) {
  Home home;
  home.scratch.folder("folder");
  home.environment.kubeconfig = "folder";
  BOOST_TEST(home.refusal().what == home.scratch / "folder" + ": neither a file nor a pipe");
  home.environment.kubeconfig =
      home.scratch.write("large", std::string(blindfold::account::largest_kubeconfig + 1, ' '));
  BOOST_CHECK(home.refusal().kind == ErrorKind::limit);
}

BOOST_AUTO_TEST_CASE(context_and_namespace_can_be_chosen) {
  Home home;
  home.have_a_kubeconfig();
  const auto account = find_account(home.environment, {.context = "home", .name_space = "other"});
  BOOST_REQUIRE(account.has_value());
  BOOST_TEST(account->context == "home");
  BOOST_TEST(account->name_space == "other");
  BOOST_CHECK(home.refusal({.context = "none", .name_space = {}}).kind == ErrorKind::usage);
  BOOST_CHECK(home.refusal({.context = {}, .name_space = "No_Name"}).kind == ErrorKind::usage);
}

BOOST_AUTO_TEST_CASE(a_context_cannot_be_chosen_where_there_is_no_kubeconfig) {
  Home home;
  home.be_a_pod();
  const Error error = home.refusal({.context = "prod", .name_space = {}});
  BOOST_CHECK(error.kind == ErrorKind::usage);
  BOOST_TEST(error.what.find("\"prod\"") != std::string::npos);
  const auto account = find_account(home.environment, {.context = {}, .name_space = "other"});
  BOOST_TEST(account.value().name_space == "other");
}

BOOST_AUTO_TEST_CASE(nowhere_is_an_error_that_says_what_to_do) {
  const Home home;
  const Error error = home.refusal();
  BOOST_CHECK(error.kind == ErrorKind::missing);
  BOOST_TEST(error.hint.find("KUBECONFIG") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(the_helper_lists_what_the_account_runs) {
  Account account;
  BOOST_TEST(programs_of(account).empty());
  account.credential = ExecPlugin{.name = "credential plugin",
                                  .arguments = {"aws", "eks"},
                                  .environment = {{"A", "b"}},
                                  .api_version = {},
                                  .install_hint = {}};
  const auto programs = programs_of(account);
  BOOST_REQUIRE(programs.size() == 1U);
  BOOST_TEST(programs.front().name == "credential plugin");
  BOOST_TEST(programs.front().arguments.back() == "eks");
  BOOST_TEST(programs.front().environment.front().second == "b");
}

BOOST_AUTO_TEST_CASE(the_process_environment_is_taken_as_kubectl_takes_it) {
  ::setenv("KUBECONFIG", "/a:/b", 1);
  ::setenv("HTTPS_PROXY", "", 1);
  ::setenv("https_proxy", "lower", 1);
  ::setenv("NO_PROXY", "upper", 1);
  ::setenv("no_proxy", "lower", 1);
  const Environment environment = process_environment();
  BOOST_TEST(environment.kubeconfig == "/a:/b");
  BOOST_TEST(environment.https_proxy == "lower");
  BOOST_TEST(environment.no_proxy == "upper");
  for (const char* const name :
       {"KUBECONFIG", "HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"}) {
    ::unsetenv(name);
  }
}

BOOST_AUTO_TEST_SUITE_END()
