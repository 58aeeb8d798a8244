#include "clients/kubernetes/exec_credential.hpp"

#include <boost/test/unit_test.hpp>

#include "clients/account/file.hpp"
#include "platform/base/timestamp.hpp"

using blindfold::base::format_timestamp;
using blindfold::base::Result;
using blindfold::base::TimestampPrecision;
using namespace blindfold::kubernetes;

namespace {

const std::string v1 = "client.authentication.k8s.io/v1";

Result<ExecCredential> read(std::string_view text, const std::string& version = v1) {
  return read_exec_credential(blindfold::account::copied(text).value(), version);
}

std::string credential(std::string_view status) {
  return R"({"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":)" +
         std::string(status) + "}";
}

std::string token_of(std::string_view text) {
  const auto found = read(text);
  BOOST_REQUIRE_MESSAGE(found.has_value(), (found ? "" : found.error().what));
  return found->token.with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

std::string refusal(std::string_view text, const std::string& version = v1) {
  const auto found = read(text, version);
  BOOST_REQUIRE(!found.has_value());
  BOOST_TEST(found.error().what.find("canary") == std::string::npos);
  BOOST_TEST(found.error().hint.find("canary") == std::string::npos);
  return found.error().what;
}

std::string time_of(std::string_view text) {
  const auto time = blindfold::base::parse_timestamp(text);
  return time ? format_timestamp(*time, TimestampPrecision::microseconds) : "nothing";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exec_credential_tests)

BOOST_AUTO_TEST_CASE(the_token_and_its_end_are_taken) {
  const auto found = read(
      credential(R"({"expirationTimestamp":"2026-11-23T12:15:00Z","token":"k8s-aws-v1.abc_DEF"})"));
  BOOST_REQUIRE(found.has_value());
  BOOST_TEST(found->token.with_bytes([](auto bytes) { return bytes == "k8s-aws-v1.abc_DEF"; }));
  BOOST_TEST(format_timestamp(found->expires.value(), TimestampPrecision::seconds) ==
             "2026-11-23T12:15:00Z");
}

BOOST_AUTO_TEST_CASE(what_is_not_asked_for_is_passed_over) {
  BOOST_TEST(token_of(R"(
    {"spec":{"token":"canary","status":{"token":"canary"},"interactive":false},
     "token":"canary", "list":[{"token":"canary"},["token"]],
     "status":{"more":{"token":"canary"},"list":[{"token":"canary"}],"token":"abc\u002ddef",
               "expirationTimestamp":null},
     "metadata":{"token":"canary"},
     "apiVersion":"client.authentication.k8s.io/v1","kind":"ExecCredential"}
  )") == "abc-def");
  BOOST_TEST(!read(credential(R"({"token":"a","expirationTimestamp":null})"))->expires.has_value());
}

BOOST_AUTO_TEST_CASE(a_long_token_comes_whole) {
  const std::string token(60'000, 't');
  BOOST_TEST(token_of(credential(R"({"token":")" + token + "\"}")) == token);
}

BOOST_AUTO_TEST_CASE(a_client_certificate_alone_is_refused_and_beside_a_token_not_used) {
  BOOST_TEST(
      refusal(credential(R"({"clientCertificateData":"canary","clientKeyData":"canary"})")) ==
      "the credential plugin printed a client certificate, and only tokens are supported");
}

BOOST_AUTO_TEST_CASE(what_is_no_credential_is_refused) {
  BOOST_TEST(refusal("").ends_with("something else than one JSON document"));
  BOOST_TEST(refusal("canary").ends_with("something else than one JSON document"));
  BOOST_TEST(refusal(R"({"kind":"canary)").ends_with("something else than one JSON document"));
  BOOST_TEST(refusal(credential(R"({"token":"canary"})") + credential(R"({"token":"canary"})"))
                 .ends_with("something else than one JSON document"));
  BOOST_TEST(refusal(R"({"kind":"Secret","apiVersion":"v1","status":{"token":"canary"}})")
                 .ends_with("something else than an ExecCredential"));
  BOOST_TEST(refusal(credential("{}")).ends_with("no token"));
  BOOST_TEST(refusal(credential("null")).ends_with("no token"));
  BOOST_TEST(refusal(credential(R"({"token":17})")).ends_with("no token"));
  BOOST_TEST(refusal(credential(R"({"token":"canary canary"})")).find("something else") !=
             std::string::npos);
  BOOST_TEST(refusal(credential(R"({"token":"canary","expirationTimestamp":"canary"})"))
                 .find("RFC 3339") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(another_version_is_refused) {
  BOOST_TEST(refusal(credential(R"({"token":"canary"})"), "client.authentication.k8s.io/v1beta1")
                 .find("another version") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(times_of_rfc_3339) {
  BOOST_TEST(time_of("2026-11-23T12:00:00Z") == "2026-11-23T12:00:00.000000Z");
  BOOST_TEST(time_of("2026-11-23t13:30:00.5+01:30") == "2026-11-23T12:00:00.500000Z");
  BOOST_TEST(time_of("2026-11-23T11:00:00.1234567-01:00") == "2026-11-23T12:00:00.123456Z");
  BOOST_TEST(time_of("2024-02-29T23:59:60z") == "2024-03-01T00:00:00.000000Z");
  for (const char* const text :
       {"", "2026-11-23", "2026-11-23 12:00:00Z", "2026-11-23T12:00:00", "2026-13-23T12:00:00Z",
        "2026-02-30T12:00:00Z", "2026-11-23T24:00:00Z", "2026-11-23T12:60:00Z",
        "2026-11-23T12:00:61Z", "2026-11-23T12:00:00+24:00", "2026-11-23T12:00:00+1:00",
        "2026-11-23T12:00:00Zx", "-026-11-23T12:00:00Z", "2026-11--3T12:00:00Z",
        "20261123T120000Z"}) {
    BOOST_TEST(time_of(text) == "nothing", text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
