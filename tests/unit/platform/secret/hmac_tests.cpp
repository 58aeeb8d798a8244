#include "platform/secret/hmac.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace blindfold::secret;

namespace {

SecretBuffer of(std::string_view bytes) {
  auto buffer = SecretBuffer::with_capacity(bytes.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(bytes).has_value());
  return std::move(*buffer);
}

/// A case of RFC 4231, section 4; `digest` may be the first half of it.
struct Vector {
  std::string key;
  std::string message;
  std::string_view digest;
};

std::string counting(int first, int last) {
  std::string bytes;
  for (int byte = first; byte <= last; ++byte) {
    bytes += static_cast<char>(byte);
  }
  return bytes;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(hmac_tests)

BOOST_AUTO_TEST_CASE(it_is_hmac_sha_256) {
  const Vector vectors[] = {
      {std::string(20, '\x0b'), "Hi There",
       "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"},
      {"Jefe", "what do ya want for nothing?",
       "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {std::string(20, '\xaa'), std::string(50, '\xdd'),
       "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"},
      {counting(1, 25), std::string(50, '\xcd'),
       "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"},
      {std::string(20, '\x0c'), "Test With Truncation", "a3b6167473100ee06e0c796c2955552b"},
      {std::string(131, '\xaa'), "Test Using Larger Than Block-Size Key - Hash Key First",
       "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"},
      {std::string(131, '\xaa'),
       "This is a test using a larger than block-size key and a larger than block-size data. The "
       "key needs to be hashed before being used by the HMAC algorithm.",
       "9b09ffa71b942fcb27635fbcd5b0e944bfdc63644f0713938a7f51535c3a35e2"},
  };
  for (const Vector& each : vectors) {
    const std::string digest = to_hex(hmac_sha256(of(each.key), each.message));
    BOOST_TEST(digest.substr(0, each.digest.size()) == each.digest);
  }
}

BOOST_AUTO_TEST_CASE(a_derived_key_is_the_same_bytes_in_a_buffer) {
  const SecretBuffer key = of("Jefe");
  const Digest digest = hmac_sha256(key, "what do ya want for nothing?");
  const auto derived = derived_key(key, "what do ya want for nothing?");
  BOOST_REQUIRE(derived.has_value());
  const bool same = derived->with_bytes([&digest](std::string_view bytes) {
    return std::ranges::equal(bytes, digest, {},
                              [](char byte) { return static_cast<unsigned char>(byte); });
  });
  BOOST_TEST(same);
}

BOOST_AUTO_TEST_CASE(an_empty_key_and_an_empty_message_have_a_digest_too) {
  BOOST_TEST(to_hex(hmac_sha256(SecretBuffer(), "")) ==
             "b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
}

BOOST_AUTO_TEST_SUITE_END()
