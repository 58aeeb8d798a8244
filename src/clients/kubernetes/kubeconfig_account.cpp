#include "clients/kubernetes/kubeconfig_account.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

#include "clients/account/file.hpp"
#include "clients/account/url.hpp"
#include "clients/kubernetes/account_base64.hpp"
#include "clients/kubernetes/kubeconfig_exec.hpp"
#include "core/manifest/characters.hpp"
#include "platform/base/nearest.hpp"

namespace blindfold::kubernetes {
namespace {

using base::ErrorKind;

std::unexpected<base::Error> wrong(const std::string& at, const std::string& what,
                                   std::string hint = {}) {
  return std::unexpected(base::Error{ErrorKind::configuration, at + ": " + what, std::move(hint)});
}

template <class Map>
std::vector<std::string_view> names_of(const Map& map) {
  std::vector<std::string_view> names;
  names.reserve(map.size());
  for (const auto& [name, value] : map) {
    names.push_back(name);
  }
  return names;
}

/// What else there is: the nearest, or the first few.
template <class Map>
std::string instead_of(std::string_view name, const Map& map) {
  constexpr std::size_t most_named = 8;
  const std::vector<std::string_view> names = names_of(map);
  if (const auto near = base::nearest(name, names)) {
    return "did you mean \"" + std::string(*near) + "\"?";
  }
  std::string hint = names.empty() ? "there is none at all" : "there are: ";
  for (std::size_t i = 0; i < std::min(names.size(), most_named); ++i) {
    hint += (i == 0 ? "\"" : ", \"") + std::string(names[i]) + '"';
  }
  return names.size() > most_named ? hint + ", …" : hint;
}

/// One of the two ways in which kubeconfigs give bytes: in themselves, in
/// base64, or in a file. Empty where they give neither.
base::Result<secret::SecretBuffer> data_or_file(const std::string& at, std::string_view key,
                                                std::string_view data, const std::string& file) {
  if (!data.empty() && !file.empty()) {
    return wrong(at, "both `" + std::string(key) + "` and `" + std::string(key) + "-data`",
                 "take one of them out");
  }
  if (!file.empty()) {
    auto read = account::read_file(file, account::largest_certificate);
    return read ? std::move(read) : wrong(at, '`' + std::string(key) + "`: " + read.error().what);
  }
  auto decoded = from_base64(data);
  return decoded ? std::move(decoded)
                 : wrong(at, '`' + std::string(key) + "-data` " + decoded.error().what);
}

base::Result<std::string> text_or_file(const std::string& at, std::string_view key,
                                       std::string_view data, const std::string& file) {
  const auto bytes = data_or_file(at, key, data, file);
  if (!bytes) {
    return std::unexpected(bytes.error());
  }
  return bytes->with_bytes([](std::string_view text) { return std::string(text); });
}

base::Result<std::string> proxy_of(const KubeconfigCluster& cluster, const account::ServerUrl& url,
                                   const account::ProxyVariables& variables) {
  if (!cluster.proxy_url.empty()) {
    return account::is_proxy_url(cluster.proxy_url)
               ? base::Result<std::string>(cluster.proxy_url)
               : wrong(cluster.at, "`proxy-url` is no URL of an http, https or socks5 proxy");
  }
  auto proxy = account::proxy_for(url, variables);
  if (!proxy) {
    return std::unexpected(base::Error{
        ErrorKind::configuration, "HTTPS_PROXY is no URL of an http, https or socks5 proxy", {}});
  }
  return *std::move(proxy);
}

/// The server and whom it has to be; not yet as whom we come.
base::Result<http::Endpoint> endpoint_of(const KubeconfigCluster& cluster,
                                         const account::ProxyVariables& variables) {
  const auto url = account::parse_server_url(cluster.server);
  if (!url) {
    return wrong(cluster.at, cluster.server.empty()
                                 ? "the cluster has no `server`"
                                 : "`server` is not of the form https://HOST:PORT");
  }
  if (!url->tls && !url->is_loopback()) {
    return wrong(cluster.at, "`server` begins with http://, and anybody on the way could answer",
                 "use https:// (http:// is for this machine's own addresses, kubectl proxy)");
  }
  auto ca = text_or_file(cluster.at, "certificate-authority", cluster.certificate_authority_data,
                         cluster.certificate_authority);
  auto proxy = proxy_of(cluster, *url, variables);
  if (!ca || !proxy) {
    return std::unexpected(ca ? proxy.error() : ca.error());
  }
  if (cluster.insecure_skip_tls_verify && !ca->empty()) {
    return wrong(cluster.at, "both a certificate authority and `insecure-skip-tls-verify`",
                 "take `insecure-skip-tls-verify` out");
  }
  http::Endpoint endpoint;
  endpoint.url = url->text();
  endpoint.ca_pem = *std::move(ca);
  endpoint.server_name = cluster.tls_server_name;
  endpoint.verify = !cluster.insecure_skip_tls_verify;
  endpoint.proxy = *std::move(proxy);
  return endpoint;
}

std::string_view instead_of_key(std::string_view key) noexcept {
  if (key == "username" || key == "password") {
    return "no API server takes passwords since Kubernetes 1.19: use a token, a client "
           "certificate or an exec plugin";
  }
  if (key == "auth-provider") {
    return "kubectl has none since 1.26: use the exec plugin of your cloud provider";
  }
  return "the agent has rights of its own: give them to the user itself";
}

base::Result<> use_certificate(const KubeconfigUser& user, http::Endpoint& endpoint) {
  auto certificate = text_or_file(user.at, "client-certificate", user.client_certificate_data,
                                  user.client_certificate);
  auto key = user.client_key_data.with_bytes([&user](std::string_view data) {
    return data_or_file(user.at, "client-key", data, user.client_key);
  });
  if (!certificate || !key) {
    return std::unexpected(certificate ? key.error() : certificate.error());
  }
  if (certificate->empty() != key->empty()) {
    return wrong(user.at, certificate->empty() ? "a client key, and no certificate for it"
                                               : "a client certificate, and no key for it");
  }
  endpoint.certificate_pem = *std::move(certificate);
  endpoint.key_pem = *std::move(key);
  return {};
}

/// A token file counts before a token and either before a plugin, as in kubectl.
base::Result<Credential> credential_of(KubeconfigUser& user, const KubeconfigCluster& cluster,
                                       const http::Endpoint& endpoint) {
  if (!user.token_file.empty()) {
    return TokenFile{user.token_file};
  }
  if (!user.token.empty()) {
    auto token = account::usable_token(user.token, user.at + ": `token`");
    if (!token) {
      return std::unexpected(token.error());
    }
    return StaticToken{*std::move(token)};
  }
  if (user.exec) {
    auto plugin = exec_plugin_of(*user.exec, cluster, endpoint);
    if (!plugin) {
      return std::unexpected(plugin.error());
    }
    return *std::move(plugin);
  }
  return NoToken{};
}

base::Result<> use_user(KubeconfigUser& user, const KubeconfigCluster& cluster, Account& account) {
  if (!user.refused.empty()) {
    return wrong(user.at, '`' + user.refused.front() + "` is not supported",
                 std::string(instead_of_key(user.refused.front())));
  }
  if (const auto used = use_certificate(user, account.endpoint); !used) {
    return used;
  }
  auto credential = credential_of(user, cluster, account.endpoint);
  if (!credential) {
    return std::unexpected(credential.error());
  }
  account.credential = *std::move(credential);
  if (!user.token_file.empty()) {
    account.files.push_back(user.token_file);
  }
  return {};
}

/// Who is chosen, and what is: with kubectl's own exception that nobody's
/// credentials go over plain http.
base::Result<> use(const KubeconfigContext& context, Kubeconfig& kubeconfig,
                   const account::ProxyVariables& variables, Account& account) {
  const auto cluster = kubeconfig.clusters.find(context.cluster);
  if (cluster == kubeconfig.clusters.end()) {
    return wrong(context.at, "there is no cluster \"" + context.cluster + '"',
                 instead_of(context.cluster, kubeconfig.clusters));
  }
  const auto user = kubeconfig.users.find(context.user);
  if (user == kubeconfig.users.end() && !context.user.empty()) {
    return wrong(context.at, "there is no user \"" + context.user + '"',
                 instead_of(context.user, kubeconfig.users));
  }
  auto endpoint = endpoint_of(cluster->second, variables);
  if (!endpoint) {
    return std::unexpected(endpoint.error());
  }
  account.endpoint = *std::move(endpoint);
  const bool tls = account.endpoint.url.starts_with("https://");
  return user != kubeconfig.users.end() && tls ? use_user(user->second, cluster->second, account)
                                               : base::Result<>();
}

base::Error no_such_context(const std::string& name, bool chosen, const Kubeconfig& kubeconfig) {
  if (name.empty()) {
    return {ErrorKind::configuration, "the kubeconfig has no current context",
            "choose one with --context; " + instead_of(name, kubeconfig.contexts)};
  }
  return {chosen ? ErrorKind::usage : ErrorKind::configuration,
          std::string(chosen ? "the kubeconfig has no context \""
                             : "the kubeconfig's current context is not in it: \"") +
              name + '"',
          instead_of(name, kubeconfig.contexts)};
}

}  // namespace

base::Result<Account> account_of(Kubeconfig kubeconfig, const std::optional<std::string>& context,
                                 const account::ProxyVariables& variables) {
  const std::string name = context.value_or(kubeconfig.current_context);
  const auto found = kubeconfig.contexts.find(name);
  if (found == kubeconfig.contexts.end()) {
    return std::unexpected(no_such_context(name, context.has_value(), kubeconfig));
  }
  Account account;
  account.context = name;
  account.source = found->second.file;
  account.name_space = found->second.name_space.empty() ? "default" : found->second.name_space;
  if (!manifest::is_label(account.name_space, false, 63)) {
    return wrong(found->second.at, "`namespace` is no name of a namespace",
                 "up to 63 lower-case letters, digits and hyphens");
  }
  if (const auto used = use(found->second, kubeconfig, variables, account); !used) {
    return std::unexpected(used.error());
  }
  return account;
}

}  // namespace blindfold::kubernetes
