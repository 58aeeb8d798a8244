#include "clients/kubernetes/kubeconfig.hpp"

#include <string.h>

#include <array>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/kubernetes/kubeconfig_extension.hpp"
#include "clients/kubernetes/kubeconfig_fields.hpp"
#include "core/manifest/source.hpp"
#include "core/manifest/yaml.hpp"

namespace blindfold::kubernetes {
namespace {

using manifest::TreeNode;

/// The cluster's extension that plugins are told of (client.authentication.k8s.io).
constexpr std::string_view exec_extension = "client.authentication.k8s.io/exec";

/// Keys of a user by which kubectl would act as somebody in a way that we do not.
constexpr std::array<std::string_view, 7> not_followed{
    "username", "password", "auth-provider", "as", "as-uid", "as-groups", "as-user-extra"};

std::string exec_config(KubeconfigFile& file, const KubeconfigFields& cluster) {
  for (const TreeNode each : cluster.list("extensions")) {
    const KubeconfigFields extension(file, each);
    if (extension.text("name") == exec_extension) {
      const auto config = extension.find("extension");
      return config ? to_json(*config) : std::string();
    }
  }
  return {};
}

KubeconfigCluster read_cluster(KubeconfigFile& file, TreeNode node) {
  const KubeconfigFields fields(file, node);
  return {.at = file.at(node.where()),
          .server = fields.text("server"),
          .certificate_authority = fields.path("certificate-authority"),
          .certificate_authority_data = fields.text("certificate-authority-data"),
          .tls_server_name = fields.text("tls-server-name"),
          .proxy_url = fields.text("proxy-url"),
          .insecure_skip_tls_verify = fields.boolean("insecure-skip-tls-verify"),
          .exec_config = exec_config(file, fields)};
}

/// A command with a slash is a path; one without is looked up in PATH.
KubeconfigExec read_exec(KubeconfigFile& file, TreeNode node) {
  const KubeconfigFields fields(file, node);
  KubeconfigExec exec{.at = file.at(node.where()),
                      .command = fields.text("command"),
                      .args = fields.texts("args"),
                      .env = {},
                      .api_version = fields.text("apiVersion"),
                      .install_hint = fields.text("installHint"),
                      .interactive_mode = fields.text("interactiveMode"),
                      .provide_cluster_info = fields.boolean("provideClusterInfo")};
  if (exec.command.find('/') != std::string::npos) {
    exec.command = file.resolved(exec.command);
  }
  for (const TreeNode each : fields.list("env")) {
    const KubeconfigFields variable(file, each);
    exec.env.emplace_back(variable.text("name"), variable.text("value"));
  }
  return exec;
}

KubeconfigUser read_user(KubeconfigFile& file, TreeNode node) {
  const KubeconfigFields fields(file, node);
  KubeconfigUser user{.at = file.at(node.where()),
                      .token = fields.secret("token"),
                      .token_file = fields.path("tokenFile"),
                      .client_certificate = fields.path("client-certificate"),
                      .client_certificate_data = fields.text("client-certificate-data"),
                      .client_key = fields.path("client-key"),
                      .client_key_data = fields.secret("client-key-data"),
                      .exec = std::nullopt,
                      .refused = {}};
  if (const auto exec = fields.find("exec")) {
    user.exec = read_exec(file, *exec);
  }
  for (const std::string_view key : not_followed) {
    if (fields.find(key)) {
      user.refused.emplace_back(key);
    }
  }
  return user;
}

KubeconfigContext read_context(KubeconfigFile& file, TreeNode node) {
  const KubeconfigFields fields(file, node);
  return {.at = file.at(node.where()),
          .file = file.path(),
          .cluster = fields.text("cluster"),
          .user = fields.text("user"),
          .name_space = fields.text("namespace")};
}

/// A list of maps, each with a name and, under `inner`, what is named.
template <class T>
void read_named(KubeconfigFile& file, const std::vector<TreeNode>& items, std::string_view inner,
                T (*read)(KubeconfigFile&, TreeNode), std::map<std::string, T, std::less<>>& into) {
  for (const TreeNode item : items) {
    const KubeconfigFields fields(file, item);
    const auto node = fields.find(inner);
    if (!into.emplace(fields.text("name"), node ? read(file, *node) : T{}).second) {
      file.error(item.where(), "another " + std::string(inner) + " before has this name, too");
    }
  }
}

void check_kind(KubeconfigFile& file, const KubeconfigFields& fields) {
  const auto kind = fields.find("kind");
  const auto version = fields.find("apiVersion");
  if (kind && kind->text() != "Config") {
    file.error(kind->where(), "this is not a kubeconfig: its `kind` is not Config");
  }
  if (version && version->text() != "v1") {
    file.error(version->where(), "the `apiVersion` of a kubeconfig is v1");
  }
}

/// The YAML library's own words may quote a character of the file, ours do not.
base::Error not_readable(const std::string& file, const manifest::Diagnostic& diagnostic) {
  const bool own_words = !diagnostic.message.starts_with("not YAML: ");
  return {base::ErrorKind::configuration,
          file + ':' + std::to_string(diagnostic.where.line) + ':' +
              std::to_string(diagnostic.where.column) + ": " +
              (own_words ? diagnostic.message : std::string("not YAML")),
          diagnostic.hint};
}

}  // namespace

base::Result<Kubeconfig> read_kubeconfig(std::string_view text, const std::string& file) {
  Kubeconfig kubeconfig;
  if (text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
    return kubeconfig;
  }
  manifest::Source source{.file = file, .text = std::string(text), .folder = {}};
  const auto document = manifest::parse(source);
  ::explicit_bzero(source.text.data(), source.text.size());
  if (!document) {
    return std::unexpected(not_readable(file, document.error().front()));
  }
  KubeconfigFile read(file);
  const KubeconfigFields fields(read, document->root());
  check_kind(read, fields);
  read_named(read, fields.list("clusters"), "cluster", read_cluster, kubeconfig.clusters);
  read_named(read, fields.list("users"), "user", read_user, kubeconfig.users);
  read_named(read, fields.list("contexts"), "context", read_context, kubeconfig.contexts);
  kubeconfig.current_context = fields.text("current-context");
  if (read.error()) {
    return std::unexpected(*read.error());
  }
  return kubeconfig;
}

void merge(Kubeconfig& kubeconfig, Kubeconfig next) {
  kubeconfig.clusters.merge(next.clusters);
  kubeconfig.users.merge(next.users);
  kubeconfig.contexts.merge(next.contexts);
  if (kubeconfig.current_context.empty()) {
    kubeconfig.current_context = std::move(next.current_context);
  }
}

}  // namespace blindfold::kubernetes
