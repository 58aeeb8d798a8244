#include "clients/kubernetes/kubeconfig_exec.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "clients/kubernetes/account_base64.hpp"
#include "platform/json/writer.hpp"

namespace blindfold::kubernetes {
namespace {

constexpr const char* name_of_plugin = "credential plugin";
constexpr std::array<std::string_view, 2> versions{"client.authentication.k8s.io/v1",
                                                   "client.authentication.k8s.io/v1beta1"};

std::unexpected<base::Error> wrong(const KubeconfigExec& exec, const std::string& what,
                                   std::string hint) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, exec.at + ": " + what, std::move(hint)});
}

base::Result<> check(const KubeconfigExec& exec) {
  if (exec.command.empty()) {
    return wrong(exec, "the plugin has no `command`", {});
  }
  if (std::ranges::find(versions, exec.api_version) == versions.end()) {
    return wrong(exec, "the plugin's `apiVersion` is none that is supported",
                 "client.authentication.k8s.io/v1 or client.authentication.k8s.io/v1beta1: "
                 "update the plugin and its line in the kubeconfig");
  }
  if (exec.interactive_mode == "Always") {
    return wrong(exec, "the plugin's `interactiveMode` is Always, and nobody could answer it",
                 "use a plugin, or a token, that works without a terminal");
  }
  if (!exec.interactive_mode.empty() && exec.interactive_mode != "Never" &&
      exec.interactive_mode != "IfAvailable") {
    return wrong(exec, "the plugin's `interactiveMode` is unknown", "Never or IfAvailable");
  }
  const auto unusable = [](const auto& variable) {
    return variable.first.empty() || variable.first.find('=') != std::string::npos;
  };
  if (std::ranges::any_of(exec.env, unusable)) {
    return wrong(exec, "a variable in `env` has no name, or one with a `=`", {});
  }
  return {};
}

void write_cluster(json::Writer& out, const KubeconfigCluster& cluster,
                   const http::Endpoint& endpoint) {
  out.key("cluster").begin_object().member("server", endpoint.url);
  if (!endpoint.server_name.empty()) {
    out.member("tls-server-name", endpoint.server_name);
  }
  if (!endpoint.verify) {
    out.member("insecure-skip-tls-verify", true);
  }
  if (!endpoint.ca_pem.empty()) {
    out.member("certificate-authority-data", to_base64(endpoint.ca_pem));
  }
  if (!cluster.proxy_url.empty()) {
    out.member("proxy-url", cluster.proxy_url);
  }
  if (!cluster.exec_config.empty()) {
    out.key("config").raw(cluster.exec_config);
  }
  out.end_object();
}

std::string exec_info(const KubeconfigExec& exec, const KubeconfigCluster& cluster,
                      const http::Endpoint& endpoint) {
  std::string text;
  json::Writer out(text);
  out.begin_object().member("kind", "ExecCredential").member("apiVersion", exec.api_version);
  out.key("spec").begin_object().member("interactive", false);
  if (exec.provide_cluster_info) {
    write_cluster(out, cluster, endpoint);
  }
  out.end_object().end_object();
  return text;
}

}  // namespace

base::Result<ExecPlugin> exec_plugin_of(const KubeconfigExec& exec,
                                        const KubeconfigCluster& cluster,
                                        const http::Endpoint& endpoint) {
  if (const auto checked = check(exec); !checked) {
    return std::unexpected(checked.error());
  }
  ExecPlugin plugin{.name = name_of_plugin,
                    .arguments = {exec.command},
                    .environment = exec.env,
                    .api_version = exec.api_version,
                    .install_hint = exec.install_hint,
                    .wants_cluster = exec.provide_cluster_info};
  plugin.arguments.insert(plugin.arguments.end(), exec.args.begin(), exec.args.end());
  plugin.environment.emplace_back("KUBERNETES_EXEC_INFO", exec_info(exec, cluster, endpoint));
  return plugin;
}

}  // namespace blindfold::kubernetes
