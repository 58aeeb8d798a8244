#include "clients/aws/fetch_keys.hpp"

#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/fetch_end.hpp"
#include "clients/aws/profile_file.hpp"
#include "clients/aws/token_file.hpp"

namespace blindfold::aws {
namespace {

/// What needs no waiting, told on a later turn.
class KeysFetch final : public Fetch {
 public:
  KeysFetch(loop::Loop& loop, FetchResult result, Fetched done) noexcept
      : end_(loop, std::move(done)) {
    end_.later(std::move(result));
  }

 private:
  FetchEnd end_;
};

base::Result<secret::SecretBuffer> copy_of(const secret::SecretBuffer& secret) {
  return secret.empty() ? base::Result<secret::SecretBuffer>() : secret.with_bytes(account::copied);
}

FetchResult copy_of(const Credentials& credentials, model::CredentialPlace place) {
  auto secret = copy_of(credentials.secret_access_key);
  auto token = copy_of(credentials.session_token);
  if (!secret || !token) {
    return std::unexpected(
        model::CredentialFailure{.place = place, .trouble = model::CredentialTrouble::internal});
  }
  return Credentials{.access_key_id = credentials.access_key_id,
                     .secret_access_key = *std::move(secret),
                     .session_token = *std::move(token),
                     .expires = credentials.expires};
}

FetchResult read_again(const ProfileKeys& keys, model::CredentialPlace place) {
  const auto file = ProfileFile::read(keys.file, keys.kind, no_patience);
  if (!file) {
    return std::unexpected(file_failure(file.error().kind, keys.file, place));
  }
  auto credentials = file->keys_of(keys.profile);
  if (credentials && *credentials) {
    return **std::move(credentials);
  }
  return std::unexpected(
      model::CredentialFailure{.place = place,
                               .trouble = credentials ? model::CredentialTrouble::not_set
                                                      : model::CredentialTrouble::incomplete,
                               .subject = keys.profile});
}

}  // namespace

std::unique_ptr<Fetch> fetch_environment_keys(loop::Loop& loop, const EnvironmentKeys& keys,
                                              model::CredentialPlace place, Fetched done) {
  return std::make_unique<KeysFetch>(loop, copy_of(keys.credentials, place), std::move(done));
}

std::unique_ptr<Fetch> fetch_profile_keys(loop::Loop& loop, const ProfileKeys& keys, bool again,
                                          model::CredentialPlace place, Fetched done) {
  return std::make_unique<KeysFetch>(
      loop, again ? read_again(keys, place) : copy_of(keys.credentials, place), std::move(done));
}

}  // namespace blindfold::aws
