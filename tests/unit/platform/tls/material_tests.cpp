#include "platform/tls/material.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "support/certificates.hpp"
#include "support/run_program.hpp"
#include "support/scratch_folder.hpp"

using blindfold::base::ErrorKind;
using blindfold::base::Result;
using blindfold::secret::SecretBuffer;
using blindfold::support::Certificates;
using blindfold::support::contents_of;
using blindfold::support::run_program;
using blindfold::support::ScratchFolder;
using blindfold::tls::check_authorities;
using blindfold::tls::check_identity;

namespace {

const Certificates& certificates() {
  return Certificates::get();
}

SecretBuffer secret_of(std::string_view bytes) {
  auto buffer = SecretBuffer::with_capacity(bytes.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(bytes).has_value());
  return std::move(*buffer);
}

/// The base64 line in the middle of a PEM text.
std::string inside_of(const std::string& pem) {
  return pem.substr(pem.size() / 2, 10);
}

void refused(const Result<>& result, const std::string& input) {
  BOOST_REQUIRE(!result.has_value());
  BOOST_TEST((result.error().kind == ErrorKind::configuration));
  BOOST_TEST(result.error().hint != "");
  BOOST_TEST((input.size() < 100 || !result.error().what.contains(inside_of(input))));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(material_tests)

BOOST_AUTO_TEST_CASE(one_or_several_authorities) {
  const std::string one = certificates().authority.certificate;
  const std::string other = certificates().other_authority.certificate;
  BOOST_TEST(check_authorities(one).has_value());
  BOOST_TEST(check_authorities("a comment\n" + one + "\n\n" + other + "\n").has_value());
  BOOST_TEST(check_authorities(contents_of("/etc/ssl/certs/ca-certificates.crt")).has_value());
}

BOOST_AUTO_TEST_CASE(what_is_no_authority_is_refused) {
  const std::string one = certificates().authority.certificate;
  std::string damaged = one;
  damaged[damaged.size() / 2] = '!';
  for (const std::string& pem :
       {std::string(), std::string("x"), std::string("\0\xff", 2), one.substr(0, one.size() / 2),
        one + one.substr(0, one.size() / 2), damaged, certificates().authority.key,
        std::string("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n"),
        std::string(5'000'000, 'x')}) {
    refused(check_authorities(pem), pem);
  }
}

BOOST_AUTO_TEST_CASE(a_certificate_and_its_key) {
  const Certificates& all = certificates();
  BOOST_TEST(check_identity(all.client.certificate, secret_of(all.client.key)).has_value());
  BOOST_TEST(
      check_identity(all.client.certificate + all.authority.certificate, secret_of(all.client.key))
          .has_value());
}

BOOST_AUTO_TEST_CASE(what_does_not_belong_together_is_refused) {
  const Certificates& all = certificates();
  refused(check_identity(all.client.certificate, secret_of(all.other_client.key)), all.client.key);
  refused(check_identity(all.client.certificate, {}), "");
  refused(check_identity("", secret_of(all.client.key)), all.client.key);
  refused(check_identity(all.client.key, secret_of(all.client.certificate)), all.client.key);
  refused(check_identity(all.client.certificate,
                         secret_of(all.client.key.substr(0, all.client.key.size() / 2))),
          all.client.key);
  refused(check_identity(std::string(5'000'000, 'x'), secret_of(all.client.key)), all.client.key);
}

BOOST_AUTO_TEST_CASE(an_encrypted_key_is_refused) {
  const ScratchFolder folder;
  const std::string file = folder / "encrypted.key";
  const auto done =
      run_program({"openssl", "pkcs8", "-topk8", "-in", certificates().client.key_file, "-out",
                   file, "-passout", "pass:word"});
  BOOST_REQUIRE_MESSAGE(done.status == 0, done.err);
  refused(check_identity(certificates().client.certificate, secret_of(contents_of(file))),
          contents_of(file));
}

BOOST_AUTO_TEST_SUITE_END()
