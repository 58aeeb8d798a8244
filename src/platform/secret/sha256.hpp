#pragma once

#include <sodium/crypto_hash_sha256.h>

#include <array>
#include <string>
#include <string_view>

namespace blindfold::secret {

/// What SHA-256 and HMAC-SHA-256 come to.
using Digest = std::array<unsigned char, 32>;

/// SHA-256 (FIPS 180-4) of bytes that come piece by piece, so that a credential
/// among them need not be copied. Its own memory is wiped.
class Sha256 final {
 public:
  Sha256() noexcept;
  ~Sha256();
  Sha256(const Sha256&) = delete;
  Sha256& operator=(const Sha256&) = delete;
  Sha256(Sha256&&) = delete;
  Sha256& operator=(Sha256&&) = delete;

  void update(std::string_view bytes) noexcept;

  /// Of all that came. Once: nothing is added afterwards.
  [[nodiscard]] Digest finish() noexcept;

 private:
  crypto_hash_sha256_state state_{};
};

/// Two digits a byte, lower case.
[[nodiscard]] std::string to_hex(const Digest& digest);

}  // namespace blindfold::secret
