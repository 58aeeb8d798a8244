#include "platform/tls/material.hpp"

#include <gnutls/gnutls.h>

#include <memory>
#include <string>

namespace blindfold::tls {
namespace {

/// Far more than any chain; GnuTLS counts in unsigned int.
constexpr std::size_t largest = 4UL * 1024 * 1024;

struct Free {
  void operator()(gnutls_certificate_credentials_t credentials) const noexcept {
    gnutls_certificate_free_credentials(credentials);
  }
};
using Credentials = std::unique_ptr<gnutls_certificate_credentials_st, Free>;

Credentials new_credentials() {
  gnutls_certificate_credentials_t credentials = nullptr;
  return Credentials(gnutls_certificate_allocate_credentials(&credentials) < 0 ? nullptr
                                                                               : credentials);
}

/// GnuTLS takes its input as mutable and does not change it.
gnutls_datum_t datum(std::string_view bytes) {
  auto* const data =
      const_cast<char*>(bytes.data());  // NOLINT(*-const-cast): gnutls_datum_t's type
  return {reinterpret_cast<unsigned char*>(data), static_cast<unsigned>(bytes.size())};
}

std::unexpected<base::Error> unusable(std::string_view what, std::string_view why,
                                      std::string_view hint) {
  return std::unexpected(base::Error{base::ErrorKind::configuration,
                                     std::string(what) + ": " + std::string(why),
                                     std::string(hint)});
}

std::unexpected<base::Error> out_of_memory() {
  return std::unexpected(
      base::Error{base::ErrorKind::internal, "GnuTLS has no memory for a certificate", {}});
}

}  // namespace

base::Result<> check_authorities(std::string_view pem) noexcept {
  constexpr std::string_view what = "the certificates to trust cannot be used";
  constexpr std::string_view hint =
      "they are in PEM form, each from BEGIN CERTIFICATE to END CERTIFICATE";
  const Credentials credentials = new_credentials();
  if (credentials == nullptr) {
    return out_of_memory();
  }
  if (pem.size() > largest) {
    return unusable(what, "there are too many", "name those that the server needs");
  }
  const gnutls_datum_t bytes = datum(pem);
  const int count =
      gnutls_certificate_set_x509_trust_mem(credentials.get(), &bytes, GNUTLS_X509_FMT_PEM);
  if (count <= 0) {
    return unusable(what, count == 0 ? "there are none" : gnutls_strerror(count), hint);
  }
  return {};
}

base::Result<> check_identity(std::string_view certificate_pem,
                              const secret::SecretBuffer& key_pem) noexcept {
  constexpr std::string_view what = "the client certificate and its key cannot be used";
  constexpr std::string_view hint =
      "both are in PEM form, the key not encrypted, and belong together";
  const Credentials credentials = new_credentials();
  if (credentials == nullptr) {
    return out_of_memory();
  }
  if (certificate_pem.size() > largest || key_pem.size() > largest) {
    return unusable(what, "one of them is too large", hint);
  }
  const gnutls_datum_t certificate = datum(certificate_pem);
  const int error = key_pem.with_bytes([&credentials, &certificate](std::string_view bytes) {
    const gnutls_datum_t key = datum(bytes);
    return gnutls_certificate_set_x509_key_mem(credentials.get(), &certificate, &key,
                                               GNUTLS_X509_FMT_PEM);
  });
  return error < 0 ? unusable(what, gnutls_strerror(error), hint) : base::Result<>();
}

}  // namespace blindfold::tls
