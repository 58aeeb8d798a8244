#include "platform/secret/sha256.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>
#include <string_view>

using namespace blindfold::secret;

namespace {

/// In pieces of `size` bytes.
std::string hash_of(std::string_view bytes, std::size_t size = std::string_view::npos) {
  Sha256 hash;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(size, bytes.size()))) {
    hash.update(bytes.substr(0, size));
  }
  return to_hex(hash.finish());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(sha256_tests)

// The examples that NIST publishes for FIPS 180-4, and the hash of nothing.
BOOST_AUTO_TEST_CASE(it_is_sha_256) {
  BOOST_TEST(hash_of("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  BOOST_TEST(hash_of("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  BOOST_TEST(hash_of("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
             "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  BOOST_TEST(hash_of(std::string(1'000'000, 'a')) ==
             "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

BOOST_AUTO_TEST_CASE(pieces_come_to_the_same_as_the_whole) {
  const std::string text(300, 'x');
  for (const std::size_t size : {1U, 7U, 63U, 64U, 65U, 299U}) {
    BOOST_TEST(hash_of(text, size) == hash_of(text));
  }
}

BOOST_AUTO_TEST_CASE(a_digest_is_written_in_lower_case_digits) {
  Digest digest{};
  digest.front() = 0x0a;
  digest.back() = 0xff;
  BOOST_TEST(to_hex(digest) == "0a" + std::string(60, '0') + "ff");
}

BOOST_AUTO_TEST_SUITE_END()
