#include "clients/kubernetes/find_account.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <utility>
#include <variant>

#include "clients/account/file.hpp"
#include "clients/kubernetes/in_cluster.hpp"
#include "clients/kubernetes/kubeconfig.hpp"
#include "clients/kubernetes/kubeconfig_account.hpp"
#include "core/manifest/characters.hpp"
#include "core/manifest/path.hpp"

namespace blindfold::kubernetes {
namespace {

std::string variable(const char* name) {
  const char* const value = std::getenv(name);
  return value != nullptr ? value : "";
}

/// Of HTTPS_PROXY and https_proxy the first one that is not empty, as in Go.
std::string variable(const char* name, const char* otherwise) {
  std::string value = variable(name);
  if (value.empty()) {
    value = variable(otherwise);
  }
  return value;
}

std::vector<std::string> files_of(const Environment& environment) {
  std::error_code ignored;
  const std::string folder = environment.folder.empty()
                                 ? std::filesystem::current_path(ignored).string()
                                 : environment.folder;
  std::vector<std::string> files;
  std::string_view list = environment.kubeconfig;
  while (!list.empty()) {
    const std::string_view file = list.substr(0, list.find(':'));
    list.remove_prefix(std::min(file.size() + 1, list.size()));
    if (!file.empty()) {
      files.push_back(manifest::resolved_path(folder, file));
    }
  }
  if (environment.kubeconfig.empty() && !environment.home.empty()) {
    files.push_back(environment.home + "/.kube/config");
  }
  return files;
}

/// Nothing where the file is not there.
base::Result<std::optional<Kubeconfig>> load(const std::string& file) {
  const auto text = account::read_file(file, account::largest_kubeconfig);
  if (!text) {
    return text.error().kind == base::ErrorKind::missing ? base::Result<std::optional<Kubeconfig>>()
                                                         : std::unexpected(text.error());
  }
  auto kubeconfig =
      text->with_bytes([&file](std::string_view bytes) { return read_kubeconfig(bytes, file); });
  if (!kubeconfig) {
    return std::unexpected(kubeconfig.error());
  }
  return std::optional<Kubeconfig>(*std::move(kubeconfig));
}

/// All that is there, merged.
base::Result<Kubeconfig> load_all(const Environment& environment) {
  const std::vector<std::string> files = files_of(environment);
  Kubeconfig merged;
  bool any = false;
  for (const std::string& file : files) {
    auto loaded = load(file);
    if (!loaded) {
      return std::unexpected(loaded.error());
    }
    if (*loaded) {
      any = true;
      merge(merged, **std::move(loaded));
    }
  }
  if (!any && !files.empty() && !environment.kubeconfig.empty()) {
    return std::unexpected(base::Error{base::ErrorKind::missing,
                                       files.front() + ": there is no such file, and KUBECONFIG " +
                                           (files.size() == 1 ? "names it" : "names no other one"),
                                       "correct KUBECONFIG, or unset it"});
  }
  return merged;
}

base::Error nowhere(const AccountChoice& choice) {
  constexpr const char* hint = "set KUBECONFIG, or run the agent in a pod with a service account";
  if (choice.context) {
    return {base::ErrorKind::usage,
            "there is no kubeconfig in which the context \"" + *choice.context + "\" could be",
            hint};
  }
  return {base::ErrorKind::missing,
          "no API server is known: there is no kubeconfig, and this is no pod", hint};
}

base::Result<Account> choose(const Environment& environment, const AccountChoice& choice) {
  auto kubeconfig = load_all(environment);
  if (!kubeconfig) {
    return std::unexpected(kubeconfig.error());
  }
  const account::ProxyVariables proxies{.https_proxy = environment.https_proxy,
                                        .http_proxy = environment.http_proxy,
                                        .no_proxy = environment.no_proxy};
  if (!kubeconfig->empty()) {
    return account_of(*std::move(kubeconfig), choice.context, proxies);
  }
  if (choice.context || environment.service_host.empty()) {
    return std::unexpected(nowhere(choice));
  }
  return in_cluster_account({.service_host = environment.service_host,
                             .service_port = environment.service_port,
                             .name_space = environment.pod_namespace,
                             .folder = environment.service_account},
                            proxies);
}

}  // namespace

Environment process_environment() {
  Environment environment;
  environment.kubeconfig = variable("KUBECONFIG");
  environment.home = variable("HOME");
  environment.service_host = variable("KUBERNETES_SERVICE_HOST");
  environment.service_port = variable("KUBERNETES_SERVICE_PORT");
  environment.pod_namespace = variable("POD_NAMESPACE");
  environment.https_proxy = variable("HTTPS_PROXY", "https_proxy");
  environment.http_proxy = variable("HTTP_PROXY", "http_proxy");
  environment.no_proxy = variable("NO_PROXY", "no_proxy");
  return environment;
}

base::Result<Account> find_account(const Environment& environment, const AccountChoice& choice) {
  if (choice.name_space && !manifest::is_label(*choice.name_space, false, 63)) {
    return std::unexpected(base::Error{base::ErrorKind::usage,
                                       "\"" + *choice.name_space + "\" is no name of a namespace",
                                       "up to 63 lower-case letters, digits and hyphens"});
  }
  auto account = choose(environment, choice);
  if (account && choice.name_space) {
    account->name_space = *choice.name_space;
  }
  return account;
}

std::vector<helper::Program> programs_of(const Account& account) {
  const auto* const plugin = std::get_if<ExecPlugin>(&account.credential);
  if (plugin == nullptr) {
    return {};
  }
  return {
      {.name = plugin->name, .arguments = plugin->arguments, .environment = plugin->environment}};
}

}  // namespace blindfold::kubernetes
