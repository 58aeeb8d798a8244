#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace blindfold::model {

enum class StoreKind : std::uint8_t {
  kubernetes,
  aws_secrets_manager,
  aws_parameter_store,
  mount,
  directory,
};

/// "kubernetes", "aws-secrets-manager", "aws-parameter-store", "mount", "directory".
[[nodiscard]] std::string_view to_string(StoreKind kind) noexcept;

struct KubernetesLocator {
  std::string name_space;  ///< after defaults; empty: the connection's own
  std::string secret;
  std::vector<std::string> keys;  ///< empty: any entry will do
  std::string type = "Opaque";

  friend bool operator==(const KubernetesLocator&, const KubernetesLocator&) = default;
};

struct SecretsManagerLocator {
  std::string region;  ///< after defaults; empty: the connection's own; an ARN's
  std::string name;    ///< or the ARN, with its random suffix or without

  friend bool operator==(const SecretsManagerLocator&, const SecretsManagerLocator&) = default;
};

struct ParameterStoreLocator {
  std::string region;                 ///< after defaults; empty: the connection's own; an ARN's
  std::string name;                   ///< or the ARN
  std::string type = "SecureString";  ///< SecureString, String or StringList

  friend bool operator==(const ParameterStoreLocator&, const ParameterStoreLocator&) = default;
};

/// A secret volume as kubelet mounts it.
struct MountLocator {
  std::string path;               ///< absolute
  std::vector<std::string> keys;  ///< empty: any entry will do

  friend bool operator==(const MountLocator&, const MountLocator&) = default;
};

/// A folder of plain files, one a key.
struct DirectoryLocator {
  std::string path;               ///< absolute
  std::vector<std::string> keys;  ///< at least one

  friend bool operator==(const DirectoryLocator&, const DirectoryLocator&) = default;
};

/// The place in a store. The alternatives stand in the order of StoreKind.
using Locator = std::variant<KubernetesLocator, SecretsManagerLocator, ParameterStoreLocator,
                             MountLocator, DirectoryLocator>;

[[nodiscard]] StoreKind store_of(const Locator& locator) noexcept;

}  // namespace blindfold::model
