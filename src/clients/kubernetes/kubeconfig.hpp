#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

// What stands in a kubeconfig, as it stands there: nothing is checked before it
// is chosen, since a file has other people's contexts in it, too. Paths are
// absolute. `at` is "FILE:LINE:COLUMN", for messages.

struct KubeconfigCluster {
  std::string at;
  std::string server;
  std::string certificate_authority;
  std::string certificate_authority_data;
  std::string tls_server_name;
  std::string proxy_url;
  bool insecure_skip_tls_verify = false;
  std::string exec_config;  ///< JSON: what is meant for a plugin; empty: nothing
};

struct KubeconfigExec {
  std::string at;
  std::string command;
  std::vector<std::string> args;
  std::vector<std::pair<std::string, std::string>> env;
  std::string api_version;
  std::string install_hint;
  std::string interactive_mode;
  bool provide_cluster_info = false;
};

struct KubeconfigUser {
  std::string at;
  secret::SecretBuffer token;
  std::string token_file;
  std::string client_certificate;
  std::string client_certificate_data;
  std::string client_key;
  secret::SecretBuffer client_key_data;
  std::optional<KubeconfigExec> exec;
  std::vector<std::string> refused;  ///< keys that are there and that we do not follow
};

struct KubeconfigContext {
  std::string at;
  std::string file;
  std::string cluster;
  std::string user;
  std::string name_space;
};

struct Kubeconfig {
  std::map<std::string, KubeconfigCluster, std::less<>> clusters;
  std::map<std::string, KubeconfigUser, std::less<>> users;
  std::map<std::string, KubeconfigContext, std::less<>> contexts;
  std::string current_context;

  [[nodiscard]] bool empty() const noexcept {
    return clusters.empty() && users.empty() && contexts.empty() && current_context.empty();
  }
};

/// Reads one file's text, YAML or JSON. Keys that are not ours are passed over;
/// one that is there twice is an error. A text without anything in it is an empty
/// kubeconfig. Errors are `configuration` and hold nothing of a value.
///
/// Tokens and keys pass through the YAML reader and its tree, which are freed
/// and not wiped; `text` is the caller's to wipe.
[[nodiscard]] base::Result<Kubeconfig> read_kubeconfig(std::string_view text,
                                                       const std::string& file);

/// Adds what `next` has and `kubeconfig` has not: of two of a name the first one
/// counts, whole.
void merge(Kubeconfig& kubeconfig, Kubeconfig next);

}  // namespace blindfold::kubernetes
