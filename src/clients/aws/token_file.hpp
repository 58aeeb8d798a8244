#pragma once

#include <chrono>
#include <cstddef>
#include <expected>
#include <string>

#include "core/model/aws_detail.hpp"
#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// With a pipe, on the loop.
inline constexpr std::chrono::milliseconds no_patience{0};

/// A whole file that holds a credential, as it is now; a pipe is not waited for.
[[nodiscard]] std::expected<secret::SecretBuffer, model::CredentialFailure> read_secret_file(
    const std::string& file, std::size_t limit, model::CredentialPlace place);

/// The token in a file, without the white space around it.
[[nodiscard]] std::expected<secret::SecretBuffer, model::CredentialFailure> read_token_file(
    const std::string& file, model::CredentialPlace place);

/// What it comes to that a file could not be read.
[[nodiscard]] model::CredentialFailure file_failure(base::ErrorKind kind, const std::string& file,
                                                    model::CredentialPlace place);

}  // namespace blindfold::aws
