#pragma once

#include <memory>

#include "clients/aws/account.hpp"
#include "clients/aws/fetch.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::aws {

/// Exchanges the token that `aws sso login` left, as it is now, for a role's
/// credentials (GetRoleCredentials, IAM Identity Center Portal API Reference).
/// It is not refreshed: that would write the file. All outlive the attempt.
[[nodiscard]] std::unique_ptr<Fetch> fetch_sign_in(loop::Loop& loop, const Account& account,
                                                   const SingleSignOn& sign_in,
                                                   model::CredentialPlace place, Fetched done);

}  // namespace blindfold::aws
