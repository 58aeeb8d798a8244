#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// Which role, and by what right: a web identity's token, or other credentials.
struct RoleRequest {
  std::string role_arn;
  std::string session_name;
  std::string external_id{};  ///< empty: none
  std::optional<std::chrono::seconds> duration{};
  secret::SecretBuffer web_identity_token{};  ///< empty: `signed_with` counts
  const Credentials* signed_with = nullptr;   ///< lent for the call
  model::CredentialPlace place{};             ///< for what goes wrong
};

/// Asks STS for a role's credentials: AssumeRoleWithWebIdentity, which is not
/// signed, or AssumeRole, which is. The endpoint is the region's. `loop` and
/// `account` outlive the attempt.
[[nodiscard]] std::unique_ptr<Fetch> ask_sts(loop::Loop& loop, const Account& account,
                                             RoleRequest request, Fetched done);

}  // namespace blindfold::aws
