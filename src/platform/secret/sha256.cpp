#include "platform/secret/sha256.hpp"

#include <sodium.h>

namespace blindfold::secret {

Sha256::Sha256() noexcept {
  crypto_hash_sha256_init(&state_);
}

Sha256::~Sha256() {
  sodium_memzero(&state_, sizeof state_);
}

void Sha256::update(std::string_view bytes) noexcept {
  crypto_hash_sha256_update(&state_, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

Digest Sha256::finish() noexcept {
  Digest digest{};
  static_assert(crypto_hash_sha256_BYTES == sizeof digest);
  crypto_hash_sha256_final(&state_, digest.data());
  return digest;
}

std::string to_hex(const Digest& digest) {
  std::string text(2 * digest.size() + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), digest.data(), digest.size());
  text.pop_back();
  return text;
}

}  // namespace blindfold::secret
