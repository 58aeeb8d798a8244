#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::account {

/// The largest files that an account is read from, in bytes.
inline constexpr std::size_t largest_kubeconfig = 1'048'576;
inline constexpr std::size_t largest_certificate = 1'048'576;
inline constexpr std::size_t largest_token = 65'536;

/// Reads all of a file that an account consists of, secret or not: what is read
/// stands in one place. From a pipe (a shell's `<(…)`) something has to come
/// within `patience`, each time. Errors begin with the path; a larger file is
/// `limit`.
[[nodiscard]] base::Result<secret::SecretBuffer> read_file(
    const std::string& path, std::size_t limit,
    std::chrono::milliseconds patience = std::chrono::seconds(10));

/// The same for what is no secret.
[[nodiscard]] base::Result<std::string> read_text(const std::string& path, std::size_t limit);

/// `bytes` in a buffer of their own. Where they come from is not wiped.
[[nodiscard]] base::Result<secret::SecretBuffer> copied(std::string_view bytes);

/// A token without the white space around it. Fails (`configuration`) where there
/// is none, or where it holds what cannot stand in a header; `where` begins the
/// message.
[[nodiscard]] base::Result<secret::SecretBuffer> usable_token(const secret::SecretBuffer& bytes,
                                                              const std::string& where);

}  // namespace blindfold::account
