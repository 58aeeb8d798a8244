#pragma once

#include <expected>
#include <string_view>

#include "clients/aws/account.hpp"
#include "clients/aws/find_account.hpp"
#include "clients/aws/profiles.hpp"
#include "core/model/aws_detail.hpp"
#include "platform/base/error.hpp"

namespace blindfold::aws {

/// What one place of the chain has: a source, or why there is none. It is an
/// error (`configuration`) where something is there that cannot be used, since
/// going on would mean another identity than somebody meant.
using ChainPlace = std::expected<Source, model::CredentialFailure>;

/// AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN (before that
/// AWS_SECURITY_TOKEN), AWS_CREDENTIAL_EXPIRATION.
[[nodiscard]] base::Result<ChainPlace> environment_keys(const Environment& environment);

/// AWS_WEB_IDENTITY_TOKEN_FILE, AWS_ROLE_ARN, AWS_ROLE_SESSION_NAME.
[[nodiscard]] base::Result<ChainPlace> web_identity(const Environment& environment,
                                                    const Profiles& profiles);

/// The chosen profile: see profile_source.cpp for what counts in it.
[[nodiscard]] base::Result<ChainPlace> profile_source(const Environment& environment,
                                                      const Profiles& profiles);

/// AWS_CONTAINER_CREDENTIALS_RELATIVE_URI, below http://169.254.170.2, or
/// AWS_CONTAINER_CREDENTIALS_FULL_URI: https, or http to a loopback address or
/// those of ECS and EKS. AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE, or
/// AWS_CONTAINER_AUTHORIZATION_TOKEN.
[[nodiscard]] base::Result<ChainPlace> container(const Environment& environment,
                                                 const Profiles& profiles);

/// AWS_EC2_METADATA_DISABLED, AWS_EC2_METADATA_SERVICE_ENDPOINT(_MODE), and the
/// profile's. Configured unless it is switched off.
[[nodiscard]] base::Result<ChainPlace> instance(const Environment& environment,
                                                const Profiles& profiles);

/// The name of a role's session where nothing says one.
inline constexpr std::string_view default_session_name = "blindfold";

/// Whether STS takes it: "[\w+=,.@-]{2,64}" (API reference, AssumeRole).
[[nodiscard]] bool is_session_name(std::string_view text) noexcept;

/// "arn:PARTITION:iam::ACCOUNT:role/NAME", as far as that it can stand in a request.
[[nodiscard]] bool is_role_arn(std::string_view text) noexcept;

}  // namespace blindfold::aws
