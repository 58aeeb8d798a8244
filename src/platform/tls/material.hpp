#pragma once

#include <string_view>

#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::tls {

/// Whether `pem` has certificates, one at least and all of them well-formed, to
/// trust others by. Fails (`configuration`); the error repeats nothing of it.
[[nodiscard]] base::Result<> check_authorities(std::string_view pem) noexcept;

/// Whether `certificate_pem` has a certificate, with what it is signed by, and
/// `key_pem` its key, not encrypted. Fails (`configuration`); the error repeats
/// nothing of either.
[[nodiscard]] base::Result<> check_identity(std::string_view certificate_pem,
                                            const secret::SecretBuffer& key_pem) noexcept;

}  // namespace blindfold::tls
