#pragma once

#include <string>
#include <string_view>

#include "clients/aws/sts.hpp"
#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// "AssumeRoleWithWebIdentity" where there is a token, otherwise "AssumeRole".
[[nodiscard]] std::string_view action_of(const RoleRequest& request) noexcept;

/// The request to STS as a form (application/x-www-form-urlencoded), its token
/// left out.
[[nodiscard]] std::string sts_form(const RoleRequest& request);

/// The same with the token. Fails (`internal`) where there is no memory for it.
[[nodiscard]] base::Result<secret::SecretBuffer> sts_secret_form(const RoleRequest& request);

}  // namespace blindfold::aws
