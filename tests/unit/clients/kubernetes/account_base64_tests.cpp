#include "clients/kubernetes/account_base64.hpp"

#include <boost/test/unit_test.hpp>
#include <random>

using namespace blindfold::kubernetes;

namespace {

std::string decoded(std::string_view text) {
  const auto bytes = from_base64(text);
  BOOST_REQUIRE(bytes.has_value());
  return bytes->with_bytes([](std::string_view found) { return std::string(found); });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(account_base64_tests)

BOOST_AUTO_TEST_CASE(the_vectors_of_rfc_4648) {
  const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                   {"f", "Zg=="},
                                                                   {"fo", "Zm8="},
                                                                   {"foo", "Zm9v"},
                                                                   {"foob", "Zm9vYg=="},
                                                                   {"fooba", "Zm9vYmE="},
                                                                   {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : vectors) {
    BOOST_TEST(to_base64(bytes) == text);
    BOOST_TEST(decoded(text) == bytes);
  }
}

BOOST_AUTO_TEST_CASE(what_was_encoded_comes_back) {
  std::minstd_rand random(7);
  for (std::size_t size = 0; size < 300; ++size) {
    std::string bytes(size, '\0');
    for (char& byte : bytes) {
      byte = static_cast<char>(random());
    }
    BOOST_REQUIRE(decoded(to_base64(bytes)) == bytes);
  }
}

BOOST_AUTO_TEST_CASE(line_breaks_are_passed_over) {
  BOOST_TEST(decoded("\nZm9v\r\nYmFy\n") == "foobar");
  BOOST_TEST(decoded("Zm\n9v\nYg=\n=\n") == "foob");
}

BOOST_AUTO_TEST_CASE(what_is_not_base64_is_refused_without_a_word_of_it) {
  for (const char* const text : {"Zg", "Zg=", "Z", "====", "=", "Z===", "Zg==Zg==", "Zg=a",
                                 "Zm9v Zm9v", "Zm9-", "Zm9_", "Zg==x", "Zg===", "Zg==="}) {
    const auto bytes = from_base64(text);
    BOOST_TEST(!bytes.has_value(), text);
    if (!bytes) {
      BOOST_TEST(bytes.error().what == "is not base64");
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
