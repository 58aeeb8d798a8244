#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clients/account/proxy.hpp"
#include "clients/aws/credentials.hpp"
#include "core/model/aws_detail.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// AWS_ACCESS_KEY_ID and its companions.
struct EnvironmentKeys {
  Credentials credentials;
};

/// The two shared files, which name their sections differently.
enum class SharedFile : std::uint8_t { config, credentials };

/// A key pair in the shared credentials or config file. The file is read again
/// after the keys were refused: tools that sign people in write it anew.
struct ProfileKeys {
  Credentials credentials;
  std::string profile;
  std::string file;  ///< absolute; that it stands in
  SharedFile kind = SharedFile::credentials;
};

/// A token in a file, exchanged at STS (AssumeRoleWithWebIdentity). The file is
/// read at every refresh.
struct WebIdentity {
  std::string token_file;  ///< absolute
  std::string role_arn;
  std::string session_name;
  std::string profile{};  ///< that says so; empty: the environment does
};

struct Source;

/// A role taken with other credentials (STS AssumeRole).
struct AssumedRole {
  std::string role_arn;
  std::string external_id;  ///< empty: none
  std::string session_name;
  std::optional<std::chrono::seconds> duration;
  std::unique_ptr<Source> source;  ///< never null
};

/// A program that prints credentials (credential_process). The helper runs it,
/// under `name`.
struct Process {
  std::string name;
  std::vector<std::string> arguments;
};

/// A token that `aws sso login` left, exchanged at the SSO portal
/// (GetRoleCredentials). The cache is read at every refresh, never written.
struct SingleSignOn {
  std::string cache_file;  ///< absolute
  std::string region;
  std::string account_id;
  std::string role_name;
};

/// ECS, EKS Pod Identity. The token, where there is one, is in a file, read at
/// every refresh, or was in the environment.
struct Container {
  std::string url;
  std::string token_file;        ///< absolute; empty: none
  secret::SecretBuffer token{};  ///< as it goes into the Authorization header
};

/// An EC2 instance's own role, by IMDSv2.
struct Instance {
  std::string endpoint;  ///< "http://169.254.169.254"
};

/// Where credentials come from, and what for a person it is called.
struct Source {
  using Kind = std::variant<EnvironmentKeys, ProfileKeys, WebIdentity, AssumedRole, Process,
                            SingleSignOn, Container, Instance>;
  Kind kind;
};

/// How addresses of services are found.
struct EndpointChoice {
  std::string all;              ///< AWS_ENDPOINT_URL, or `endpoint_url`; empty: AWS's own
  std::string secrets_manager;  ///< AWS_ENDPOINT_URL_SECRETS_MANAGER
  std::string ssm;
  std::string sts;
  std::string sso;
  bool fips = false;
};

/// Which identity, and how services are reached: what the environment and the
/// shared files come to. Every file has been read but those that rotate.
struct Account {
  /// Those that are configured, in the order in which they are tried. The first
  /// one counts: where it fails, nobody wants another identity in its place.
  std::vector<Source> sources;
  /// Why each place of the chain before the first source, or all, has none.
  std::vector<model::CredentialFailure> without;
  std::string region;  ///< empty: nothing says one
  EndpointChoice endpoints;
  std::string ca_pem;  ///< certificates that are trusted, and no others; empty: the system's
  account::ProxyVariables proxy;
  std::vector<std::string> files;  ///< absolute; those that are read again
};

}  // namespace blindfold::aws
