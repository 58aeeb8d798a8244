#pragma once

#include <optional>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

/// What a credential plugin printed (client.authentication.k8s.io).
struct ExecCredential {
  secret::SecretBuffer token;
  std::optional<base::SystemTime> expires;  ///< absent: until it is refused
};

/// Reads a plugin's standard output as it is, one JSON document; the token goes
/// from there into a SecretBuffer, piece by piece. Fails with `protocol` where it
/// is none, of another version than `api_version`, or holds no token; a client
/// certificate is refused, as only tokens are supported. No text holds anything
/// of the output.
[[nodiscard]] base::Result<ExecCredential> read_exec_credential(const secret::SecretBuffer& output,
                                                                const std::string& api_version);

}  // namespace blindfold::kubernetes
