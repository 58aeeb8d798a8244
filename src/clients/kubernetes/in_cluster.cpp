#include "clients/kubernetes/in_cluster.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/account/url.hpp"
#include "core/manifest/characters.hpp"

namespace blindfold::kubernetes {
namespace {

constexpr std::size_t largest_namespace_file = 1024;

std::unexpected<base::Error> wrong(base::Error error, std::string hint) {
  return std::unexpected(base::Error{
      error.kind, "the pod's service account: " + std::move(error.what), std::move(hint)});
}

/// The file's first word; "default" where there is no file, as in kubectl.
base::Result<std::string> name_space_of(const PodVariables& pod) {
  if (!pod.name_space.empty()) {
    return pod.name_space;
  }
  auto text = account::read_text(pod.folder + "/namespace", largest_namespace_file);
  if (!text) {
    return text.error().kind == base::ErrorKind::missing ? base::Result<std::string>("default")
                                                         : wrong(std::move(text.error()), {});
  }
  return text->substr(0, text->find_first_of(" \t\r\n"));
}

}  // namespace

base::Result<Account> in_cluster_account(const PodVariables& pod,
                                         const account::ProxyVariables& variables) {
  const auto url = account::parse_server_url("https://" + account::in_brackets(pod.service_host) +
                                             ':' + pod.service_port);
  if (!url) {
    return wrong({base::ErrorKind::configuration,
                  "KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are no address",
                  {}},
                 {});
  }
  const std::string token_file = pod.folder + "/token";
  const std::string ca_file = pod.folder + "/ca.crt";
  if (const auto token = account::read_file(token_file, account::largest_token); !token) {
    return wrong(token.error(), "set automountServiceAccountToken to true for the pod");
  }
  auto ca = account::read_text(ca_file, account::largest_certificate);
  if (!ca) {
    return wrong(std::move(ca.error()), "the kubelet mounts it beside the token");
  }
  auto name_space = name_space_of(pod);
  if (!name_space) {
    return std::unexpected(name_space.error());
  }
  if (!manifest::is_label(*name_space, false, 63)) {
    return wrong({base::ErrorKind::configuration, "its namespace is no name of one", {}}, {});
  }
  auto proxy = account::proxy_for(*url, variables);
  if (!proxy) {
    return wrong({base::ErrorKind::configuration,
                  "HTTPS_PROXY is no URL of an http, https or socks5 proxy",
                  {}},
                 {});
  }
  Account account;
  account.endpoint.url = url->text();
  account.endpoint.ca_pem = *std::move(ca);
  account.endpoint.proxy = *std::move(proxy);
  account.credential = TokenFile{token_file};
  account.ca_file = ca_file;
  account.name_space = *std::move(name_space);
  account.source = "the pod's service account";
  account.files = {token_file, ca_file};
  return account;
}

}  // namespace blindfold::kubernetes
