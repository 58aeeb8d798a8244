#include "clients/aws/refusal.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "api_fixture.hpp"
#include "feed.hpp"
#include "recorded.hpp"

using namespace blindfold::aws;

namespace {

std::string meant(std::string_view code, int status = 400) {
  const Meaning meaning = meaning_of(code, status);
  switch (meaning.remedy) {
    case Remedy::none:
      break;
    case Remedy::fresh_credentials:
      return words(meaning.refusal) + ", fresh";
    case Remedy::right_clock:
      return words(meaning.refusal) + ", time";
    case Remedy::right_clock_where_off:
      return words(meaning.refusal) + ", time?";
  }
  return words(meaning.refusal);
}

std::string read(std::string_view text, std::size_t cut = 0) {
  RefusalReader reader(400);
  return feed(reader, text, cut) ? words(reader.meaning().value().refusal) : "refused";
}

}  // namespace

BOOST_AUTO_TEST_SUITE(refusal_tests)

BOOST_AUTO_TEST_CASE(what_codes_mean) {
  BOOST_TEST(meant("AccessDeniedException") == "access denied");
  BOOST_TEST(meant("AccessDenied", 403) == "access denied");
  BOOST_TEST(meant("ResourceNotFoundException") == "not found");
  BOOST_TEST(meant("ParameterNotFound") == "not found");
  BOOST_TEST(meant("ParameterVersionNotFound") == "not found");
  for (const char* const code :
       {"ValidationException", "InvalidRequestException", "InvalidParameterException",
        "InvalidNextTokenException", "InvalidNextToken", "InvalidFilterKey", "InvalidFilterOption",
        "InvalidFilterValue", "SerializationException", "UnknownOperationException"}) {
    BOOST_TEST(meant(code) == "invalid request", code);
  }
  for (const char* const code :
       {"ThrottlingException", "Throttling", "ThrottledException", "TooManyRequestsException",
        "TooManyUpdates", "RequestLimitExceeded", "SlowDown", "LimitExceededException"}) {
    BOOST_TEST(meant(code) == "throttled", code);
  }
  for (const char* const code : {"ExpiredToken", "ExpiredTokenException",
                                 "UnrecognizedClientException", "InvalidClientTokenId"}) {
    BOOST_TEST(meant(code) == "not signed right, fresh", code);
  }
  for (const char* const code : {"RequestTimeTooSkewed", "RequestExpired", "RequestInTheFuture"}) {
    BOOST_TEST(meant(code) == "clock, time", code);
  }
  for (const char* const code :
       {"InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"}) {
    BOOST_TEST(meant(code) == "not signed right, time?", code);
  }
  BOOST_TEST(meant("MissingAuthenticationTokenException") == "not signed right");
  BOOST_TEST(meant("IncompleteSignatureException") == "not signed right");
  BOOST_TEST(meant("InternalServiceError", 500) == "server error");
  BOOST_TEST(meant("SomethingNew") == "unexpected");
  BOOST_TEST(meant("") == "unexpected");
}

BOOST_AUTO_TEST_CASE(codes_have_a_name_space_and_an_address) {
  BOOST_TEST(meant("com.amazonaws.ssm#ParameterNotFound") == "not found");
  BOOST_TEST(meant("a#b#AccessDenied:http://internal.amazon.com/coral/") == "access denied");
  BOOST_TEST(meant("#") == "unexpected");
}

BOOST_AUTO_TEST_CASE(the_status_counts_where_the_code_is_unknown) {
  BOOST_TEST(meant("SomethingNew", 429) == "throttled");
  BOOST_TEST(meant("ServiceUnavailable", 503) == "throttled");
  BOOST_TEST(meant("SomethingNew", 500) == "server error");
  BOOST_TEST(meant("SomethingNew", 504) == "server error");
  BOOST_TEST(meant("SomethingNew", 403) == "unexpected");
  BOOST_TEST(meant("AccessDeniedException", 500) == "access denied");
}

BOOST_AUTO_TEST_CASE(documents) {
  for (std::size_t cut = 0; cut <= recorded::no_secret.size(); ++cut) {
    BOOST_TEST(read(recorded::no_secret, cut) == "not found");
  }
  BOOST_TEST(read(recorded::no_parameter) == "not found");
  BOOST_TEST(read(R"({"message":"AccessDenied","__type":"x#ThrottlingException"})") == "throttled");
  for (const std::string& text :
       {std::string("{}"), std::string("[]"), std::string(R"({"__type":7})"),
        std::string(R"({"code":"AccessDenied"})"),
        std::string(R"({"a":{"__type":"AccessDenied"}})"),
        R"({"__type":")" + std::string(257, 'A') + R"("})"}) {
    BOOST_TEST(read(text) == "refused", text);
  }
}

BOOST_AUTO_TEST_SUITE_END()
