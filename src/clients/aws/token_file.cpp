#include "clients/aws/token_file.hpp"

#include <utility>

#include "clients/account/file.hpp"

namespace blindfold::aws {
model::CredentialFailure file_failure(base::ErrorKind kind, const std::string& file,
                                      model::CredentialPlace place) {
  auto trouble = model::CredentialTrouble::file_wrong;
  if (kind == base::ErrorKind::missing) {
    trouble = model::CredentialTrouble::file_missing;
  } else if (kind == base::ErrorKind::denied) {
    trouble = model::CredentialTrouble::file_denied;
  }
  return {.place = place, .trouble = trouble, .subject = file};
}

std::expected<secret::SecretBuffer, model::CredentialFailure> read_secret_file(
    const std::string& file, std::size_t limit, model::CredentialPlace place) {
  auto bytes = account::read_file(file, limit, no_patience);
  if (!bytes) {
    return std::unexpected(file_failure(bytes.error().kind, file, place));
  }
  return *std::move(bytes);
}

std::expected<secret::SecretBuffer, model::CredentialFailure> read_token_file(
    const std::string& file, model::CredentialPlace place) {
  const auto bytes = read_secret_file(file, account::largest_token, place);
  if (!bytes) {
    return std::unexpected(bytes.error());
  }
  auto token = account::usable_token(*bytes, file);
  if (!token) {
    return std::unexpected(file_failure(token.error().kind, file, place));
  }
  return *std::move(token);
}

}  // namespace blindfold::aws
