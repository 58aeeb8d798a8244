// What kubectl makes of the same files: its merging is what ours has to be.

#include <boost/json.hpp>
#include <boost/test/unit_test.hpp>
#include <random>
#include <string>
#include <vector>

#include "clients/kubernetes/account_base64.hpp"
#include "clients/kubernetes/find_account.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"

using blindfold::support::run_program;
using blindfold::support::ScratchFolder;
using namespace blindfold::kubernetes;

namespace {

using Generator = std::minstd_rand;

bool one_in(Generator& random, unsigned n) {
  return random() % n == 0;
}

const std::string& one_of(Generator& random, const std::vector<std::string>& all) {
  return all[random() % all.size()];
}

const std::vector<std::string> names{"a", "b", "c"};

/// Entries of some of the names, as a file's author may have written them.
std::string entries(Generator& random, const std::string& kind,
                    std::string (*one)(Generator&, int)) {
  std::string text;
  for (const std::string& name : names) {
    if (!one_in(random, 3)) {
      text += "- name: " + name + "\n  " + kind + ":\n" +
              one(random, static_cast<int>(random() % 1000));
    }
  }
  return text.empty() ? "" : kind + "s:\n" + text;
}

std::string cluster(Generator& random, int number) {
  std::string text = "    server: https://s" + std::to_string(number) + ".example:6443\n";
  if (one_in(random, 2)) {
    text += "    certificate-authority-data: " + to_base64("ca" + std::to_string(number)) + "\n";
  }
  if (one_in(random, 3)) {
    text += "    tls-server-name: n" + std::to_string(number) + "\n";
  }
  if (one_in(random, 3)) {
    text += "    proxy-url: http://p" + std::to_string(number) + ":1\n";
  }
  return text;
}

std::string user(Generator& random, int number) {
  std::string text = "    token: t" + std::to_string(number) + "\n";
  if (one_in(random, 3)) {
    text += "    tokenFile: f" + std::to_string(number) + "\n";
  }
  if (one_in(random, 3)) {
    text += "    client-certificate-data: " + to_base64("cert" + std::to_string(number)) +
            "\n    client-key-data: " + to_base64("key" + std::to_string(number)) + "\n";
  }
  return text;
}

std::string context(Generator& random, int number) {
  std::string text =
      "    cluster: " + one_of(random, names) + "\n    user: " + one_of(random, names) + "\n";
  if (one_in(random, 2)) {
    text += "    namespace: ns" + std::to_string(number) + "\n";
  }
  return text;
}

std::string file(Generator& random) {
  std::string text = "apiVersion: v1\nkind: Config\n";
  if (one_in(random, 2)) {
    text += "current-context: " + one_of(random, names) + "\n";
  }
  return text + entries(random, "cluster", cluster) + entries(random, "user", user) +
         entries(random, "context", context);
}

/// The value at a path of kubectl's answer, each list having one item; "" where
/// there is none.
std::string at(const boost::json::value& answer, const std::string& list, const std::string& kind,
               const std::string& key) {
  const auto* const items = answer.at(list).if_array();
  const auto* const found = items == nullptr || items->empty()
                                ? nullptr
                                : items->front().at(kind).as_object().if_contains(key);
  return found == nullptr ? "" : std::string(found->as_string());
}

void compare(const Account& account, const boost::json::value& answer) {
  const auto decoded = [](const std::string& text) {
    return from_base64(text).value().with_bytes(
        [](std::string_view all) { return std::string(all); });
  };
  const auto bytes = [](std::string_view all) { return std::string(all); };
  BOOST_TEST(account.context == answer.at("current-context").as_string());
  BOOST_TEST(account.endpoint.url == at(answer, "clusters", "cluster", "server"));
  BOOST_TEST(account.endpoint.ca_pem ==
             decoded(at(answer, "clusters", "cluster", "certificate-authority-data")));
  BOOST_TEST(account.endpoint.server_name == at(answer, "clusters", "cluster", "tls-server-name"));
  BOOST_TEST(account.endpoint.proxy == at(answer, "clusters", "cluster", "proxy-url"));
  BOOST_TEST(account.endpoint.certificate_pem ==
             decoded(at(answer, "users", "user", "client-certificate-data")));
  BOOST_TEST(account.endpoint.key_pem.with_bytes(bytes) ==
             decoded(at(answer, "users", "user", "client-key-data")));
  const std::string name_space = at(answer, "contexts", "context", "namespace");
  BOOST_TEST(account.name_space == (name_space.empty() ? "default" : name_space));
  if (const auto* const token_file = std::get_if<TokenFile>(&account.credential)) {
    // As the file has it: it is relative to the file, which --raw does not show.
    BOOST_TEST(token_file->path.ends_with('/' + at(answer, "users", "user", "tokenFile")));
  } else {
    BOOST_TEST(at(answer, "users", "user", "tokenFile").empty());
    BOOST_TEST(std::get<StaticToken>(account.credential).token.with_bytes(bytes) ==
               at(answer, "users", "user", "token"));
  }
}

struct HasKubectl {
  boost::test_tools::assertion_result operator()(boost::unit_test::test_unit_id /*id*/) const {
    boost::test_tools::assertion_result result(
        run_program({"sh", "-c", "command -v kubectl"}).status == 0);
    result.message() << "kubectl is not installed";
    return result;
  }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(kubectl_tests, *boost::unit_test::precondition(HasKubectl()))

BOOST_AUTO_TEST_CASE(files_are_merged_as_kubectl_merges_them) {
  Generator random(20261123);
  int found = 0;
  for (int round = 0; round < 25; ++round) {
    const ScratchFolder scratch;
    Environment environment;
    for (int i = 0; i < 3; ++i) {
      const std::string path = scratch.folder("f" + std::to_string(i)) + "/config";
      if (!one_in(random, 5)) {
        blindfold::support::write_file(path, file(random));
      }
      environment.kubeconfig += path + (one_in(random, 4) ? "::" : ":");
    }
    const auto kubectl = run_program({"env", "KUBECONFIG=" + environment.kubeconfig, "kubectl",
                                      "config", "view", "--minify", "--raw", "-o", "json"});
    const auto account = find_account(environment);
    const auto answer =
        kubectl.status == 0 ? boost::json::parse(kubectl.out) : boost::json::value();
    const bool whole = kubectl.status == 0 && !answer.at("clusters").as_array().empty() &&
                       !answer.at("users").as_array().empty();
    BOOST_TEST_CONTEXT("KUBECONFIG=" << environment.kubeconfig << ", round " << round) {
      BOOST_TEST(account.has_value() == whole, (account ? kubectl.err : account.error().what));
      if (account && whole) {
        compare(*account, answer);
        ++found;
      }
    }
  }
  BOOST_TEST(found >= 5, "too few of the files led anywhere: " << found);
}

BOOST_AUTO_TEST_SUITE_END()
