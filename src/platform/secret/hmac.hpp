#pragma once

#include <string_view>

#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"
#include "platform/secret/sha256.hpp"

namespace blindfold::secret {

/// HMAC-SHA-256 (RFC 2104): a signature, which may be sent.
[[nodiscard]] Digest hmac_sha256(const SecretBuffer& key, std::string_view message) noexcept;

/// The same where what comes out is a key itself. Fails (`internal`) where the
/// system gives no memory for it.
[[nodiscard]] base::Result<SecretBuffer> derived_key(const SecretBuffer& key,
                                                     std::string_view message) noexcept;

}  // namespace blindfold::secret
