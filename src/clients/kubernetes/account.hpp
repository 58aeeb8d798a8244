#pragma once

#include <chrono>
#include <string>
#include <variant>
#include <vector>

#include "platform/http/endpoint.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

/// A token as it stands in a kubeconfig.
struct StaticToken {
  secret::SecretBuffer token;
};

/// A token in a file, which rotates: it is read again before it is a minute old
/// and after a 401, on the loop: a pod's own lies on a tmpfs, and one of a
/// kubeconfig belongs on a file system that answers.
struct TokenFile {
  std::string path;  ///< absolute
};

/// A plugin that prints an ExecCredential (client.authentication.k8s.io/v1 or
/// v1beta1). It is run by the helper, under `name`.
struct ExecPlugin {
  std::string name;                                              ///< what the helper knows it by
  std::vector<std::string> arguments;                            ///< the command first
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to the agent's own
  std::string api_version;
  std::string install_hint;    ///< may be empty
  bool wants_cluster = false;  ///< `provideClusterInfo`
};

/// The client's certificate, in the endpoint, is all there is.
struct NoToken {};

using Credential = std::variant<NoToken, StaticToken, TokenFile, ExecPlugin>;

/// Which API server, and as whom: what a kubeconfig's context or a pod's own
/// service account comes to. Every file has been read but those that rotate.
struct Account {
  http::Endpoint endpoint;
  Credential credential;
  std::string ca_file;     ///< absolute, where the CA is a file that rotates; else empty
  std::string name_space;  ///< "default" where nothing says otherwise
  std::string context;     ///< of the kubeconfig; empty: the pod's own account
  std::string source;      ///< for messages: the kubeconfig's file, or "the pod's service account"
  std::vector<std::string> files;  ///< absolute: what must stay readable
};

}  // namespace blindfold::kubernetes
