#include "platform/tls/sha1.hpp"

#include <gnutls/crypto.h>
#include <gnutls/gnutls.h>

#include <array>
#include <cstddef>
#include <cstdint>

namespace blindfold::tls {

base::Result<std::string> sha1_hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::array<std::uint8_t, 20> digest{};
  if (::gnutls_hash_fast(GNUTLS_DIG_SHA1, bytes.data(), bytes.size(), digest.data()) < 0) {
    return std::unexpected(base::Error{base::ErrorKind::internal, "GnuTLS has no SHA-1", {}});
  }
  std::string text;
  for (const std::uint8_t byte : digest) {
    text += digits[byte >> 4U];
    text += digits[byte & 0xfU];
  }
  return text;
}

}  // namespace blindfold::tls
