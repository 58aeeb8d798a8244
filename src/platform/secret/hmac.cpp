#include "platform/secret/hmac.hpp"

#include <sodium.h>

#include <cstddef>
#include <span>

namespace blindfold::secret {
namespace {

constexpr std::size_t digest_size = crypto_auth_hmacsha256_BYTES;
static_assert(digest_size == sizeof(Digest));

// libsodium takes no null pointer, which an empty buffer's is.
const unsigned char* bytes_of(std::string_view text) noexcept {
  return reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data());
}

/// Into `digest`, which has room for one.
void authenticate(const SecretBuffer& key, std::string_view message,
                  unsigned char* digest) noexcept {
  crypto_auth_hmacsha256_state state;
  key.with_bytes([&state](std::string_view bytes) {
    crypto_auth_hmacsha256_init(&state, bytes_of(bytes), bytes.size());
  });
  crypto_auth_hmacsha256_update(&state, bytes_of(message), message.size());
  crypto_auth_hmacsha256_final(&state, digest);
  sodium_memzero(&state, sizeof state);
}

}  // namespace

Digest hmac_sha256(const SecretBuffer& key, std::string_view message) noexcept {
  Digest digest{};
  authenticate(key, message, digest.data());
  return digest;
}

base::Result<SecretBuffer> derived_key(const SecretBuffer& key, std::string_view message) noexcept {
  auto derived = SecretBuffer::with_capacity(digest_size);
  if (derived) {
    derived->fill([&key, message](std::span<char> room) {
      authenticate(key, message, reinterpret_cast<unsigned char*>(room.data()));
      return digest_size;
    });
  }
  return derived;
}

}  // namespace blindfold::secret
