#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "clients/aws/credentials.hpp"
#include "platform/json/field_reader.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// Where in a JSON document credentials stand.
struct CredentialForm {
  std::string_view access_key_id;
  std::string_view secret_access_key;
  std::string_view session_token;
  std::string_view expiration;  ///< RFC 3339, or milliseconds since 1970
  std::string_view code{};      ///< where it is there, it has to be "Success"; empty: it has none
  std::string_view version{};   ///< has to be there and 1; empty: it has none
};

/// Of ECS, EKS Pod Identity and IMDS.
inline constexpr CredentialForm metadata_form{.access_key_id = "AccessKeyId",
                                              .secret_access_key = "SecretAccessKey",
                                              .session_token = "Token",
                                              .expiration = "Expiration",
                                              .code = "Code"};
/// What a credential_process prints.
inline constexpr CredentialForm process_form{.access_key_id = "AccessKeyId",
                                             .secret_access_key = "SecretAccessKey",
                                             .session_token = "SessionToken",
                                             .expiration = "Expiration",
                                             .version = "Version"};
/// The SSO portal's GetRoleCredentials.
inline constexpr CredentialForm portal_form{.access_key_id = "roleCredentials.accessKeyId",
                                            .secret_access_key = "roleCredentials.secretAccessKey",
                                            .session_token = "roleCredentials.sessionToken",
                                            .expiration = "roleCredentials.expiration"};

/// The largest document with credentials in it, in bytes.
inline constexpr std::size_t largest_credentials = 65'536;

/// The credentials in one JSON document; secrets go from there into buffers of
/// their own, piece by piece. Nothing: it is of another form, or a part is
/// missing or there twice.
[[nodiscard]] std::optional<Credentials> read_credentials(const secret::SecretBuffer& document,
                                                          const CredentialForm& form);

/// A token with its end, as `aws sso login` keeps it.
struct SignInToken {
  secret::SecretBuffer token;
  base::SystemTime expires;
};

[[nodiscard]] std::optional<SignInToken> read_sign_in_token(const secret::SecretBuffer& document);

}  // namespace blindfold::aws
