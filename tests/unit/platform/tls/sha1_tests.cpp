#include "platform/tls/sha1.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

using blindfold::tls::sha1_hex;

BOOST_AUTO_TEST_SUITE(sha1_tests)

// RFC 3174, section 7.3, and FIPS 180-1's empty message.
BOOST_AUTO_TEST_CASE(it_is_what_the_standard_says) {
  BOOST_TEST(sha1_hex("").value() == "da39a3ee5e6b4b0d3255bfef95601890afd80709");
  BOOST_TEST(sha1_hex("abc").value() == "a9993e364706816aba3e25717850c26c9cd0d89d");
  BOOST_TEST(sha1_hex(std::string(1'000'000, 'a')).value() ==
             "34aa973cd4c4daa4f61eeb2bdbad27316534016f");
}

BOOST_AUTO_TEST_SUITE_END()
