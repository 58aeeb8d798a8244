#include "clients/aws/signer.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "clients/aws/canonical.hpp"
#include "platform/base/timestamp.hpp"
#include "signing_vectors.hpp"

using namespace blindfold;
using namespace blindfold::aws;

namespace {

secret::SecretBuffer buffer_of(std::string_view bytes) {
  auto buffer = secret::SecretBuffer::with_capacity(bytes.size());
  BOOST_REQUIRE(buffer.has_value());
  BOOST_REQUIRE(buffer->append(bytes).has_value());
  return std::move(*buffer);
}

Credentials pair_of(std::string_view id, std::string_view key, std::string_view token = {}) {
  return {.access_key_id = std::string(id),
          .secret_access_key = buffer_of(key),
          .session_token = buffer_of(token)};
}

Credentials published_pair(std::string_view token = {}) {
  return pair_of(published::access_key_id, published::secret_access_key, token);
}

const base::SystemTime suites_time = *base::parse_timestamp("2015-08-30T12:36:00Z");

/// What Authorization says, or why there is none.
std::string authorization(const Unsigned& request, const Scope& scope,
                          const Credentials& credentials) {
  const auto headers = sign(request, scope, credentials, suites_time);
  if (!headers) {
    return headers.error().what;
  }
  BOOST_TEST(headers->size() == 2U);
  BOOST_TEST(headers->front().name == "X-Amz-Date");
  BOOST_TEST(headers->front().value == "20150830T123600Z");
  BOOST_TEST(headers->back().name == "Authorization");
  return headers->back().value;
}

Unsigned plain() {
  return {.headers = {{"Host", "ssm.eu-west-1.amazonaws.com"}}, .body = "{}"};
}

const Scope ssm{.region = "eu-west-1", .service = "ssm"};

base::ErrorKind kind_of(const Unsigned& request, const Scope& scope,
                        const Credentials& credentials) {
  const auto headers = sign(request, scope, credentials, suites_time);
  BOOST_REQUIRE(!headers.has_value());
  return headers.error().kind;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(signer_tests)

BOOST_AUTO_TEST_CASE(it_signs_as_the_published_suite_does) {
  const auto vectors = published::vectors();
  BOOST_TEST(vectors.size() == 34U);
  for (const published::Vector& each : vectors) {
    BOOST_TEST_CONTEXT(each.name) {
      const Unsigned request{.method = each.method,
                             .path = each.path,
                             .query = each.query,
                             .headers = each.headers,
                             .body = each.body};
      const std::string expected =
          "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
          "SignedHeaders=" +
          std::string(each.names) + ", Signature=" + std::string(each.signature);
      BOOST_TEST(authorization(request, {.region = "us-east-1", .service = "service"},
                               published_pair(each.token)) == expected);
    }
  }
}

// The worked example of "Create a signed AWS API request", IAM User Guide.
BOOST_AUTO_TEST_CASE(it_signs_as_the_user_guide_does) {
  const Unsigned request{
      .method = "GET",
      .query = "Action=ListUsers&Version=2010-05-08",
      .headers = {{"Content-Type", "application/x-www-form-urlencoded; charset=utf-8"},
                  {"Host", "iam.amazonaws.com"}}};
  BOOST_TEST(authorization(request, {.region = "us-east-1", .service = "iam"}, published_pair()) ==
             "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, "
             "SignedHeaders=content-type;host;x-amz-date, "
             "Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7");
}

BOOST_AUTO_TEST_CASE(the_order_and_the_case_of_headers_do_not_matter) {
  Unsigned request = plain();
  request.headers.push_back({"X-Amz-Target", "AmazonSSM.DescribeParameters"});
  const std::string before = authorization(request, ssm, published_pair());
  std::ranges::reverse(request.headers);
  request.headers.front().name = "x-AMZ-target";
  BOOST_TEST(authorization(request, ssm, published_pair()) == before);
}

BOOST_AUTO_TEST_CASE(everything_that_is_sent_counts) {
  const std::string before = authorization(plain(), ssm, published_pair());
  const auto differs = [&before](const Unsigned& request, const Scope& scope,
                                 const Credentials& credentials) {
    const std::string now = authorization(request, scope, credentials);
    return now.contains("Signature=") &&
           now.substr(now.find("Signature=")) != before.substr(before.find("Signature="));
  };
  Unsigned other = plain();
  other.body = "{ }";
  BOOST_TEST(differs(other, ssm, published_pair()));
  other = plain();
  other.headers.front().value += ":8443";
  BOOST_TEST(differs(other, ssm, published_pair()));
  other = plain();
  other.query = "a=b";
  BOOST_TEST(differs(other, ssm, published_pair()));
  BOOST_TEST(differs(plain(), {.region = "eu-west-2", .service = "ssm"}, published_pair()));
  BOOST_TEST(differs(plain(), {.region = "eu-west-1", .service = "sts"}, published_pair()));
  BOOST_TEST(differs(plain(), ssm, published_pair("token")));
  BOOST_TEST(differs(plain(), ssm, pair_of("AKIDEXAMPLE", "another")));
}

BOOST_AUTO_TEST_CASE(a_time_is_cut_to_the_second) {
  const auto later = suites_time + std::chrono::microseconds(999'999);
  const auto headers = sign(plain(), ssm, published_pair(), later);
  BOOST_REQUIRE(headers.has_value());
  BOOST_TEST(headers->front().value == "20150830T123600Z");
}

BOOST_AUTO_TEST_CASE(a_session_token_is_signed_and_not_handed_out) {
  const auto headers = sign(plain(), ssm, published_pair("t0ken"), suites_time);
  BOOST_REQUIRE(headers.has_value());
  BOOST_TEST(headers->back().value.contains("SignedHeaders=host;x-amz-date;x-amz-security-token,"));
  for (const http::Header& header : *headers) {
    BOOST_TEST(!header.name.contains("Token"));
    BOOST_TEST(!header.value.contains("t0ken"));
  }
}

BOOST_AUTO_TEST_CASE(nothing_is_signed_without_a_key) {
  using enum base::ErrorKind;
  BOOST_TEST((kind_of(plain(), ssm, {}) == configuration));
  BOOST_TEST((kind_of(plain(), ssm, pair_of("", "hunter2")) == configuration));
  BOOST_TEST((kind_of(plain(), ssm, pair_of("AKIDEXAMPLE", "")) == configuration));
  BOOST_TEST((kind_of(plain(), ssm, pair_of("", "", "token")) == configuration));
}

BOOST_AUTO_TEST_CASE(an_id_or_a_scope_that_would_break_the_header_is_refused) {
  using enum base::ErrorKind;
  for (const std::string_view id : {"AK ID", "AKID\r\nX: y", "AKID/20150830", "AKID,", "\x81"}) {
    BOOST_TEST((kind_of(plain(), ssm, pair_of(id, "hunter2")) == configuration));
  }
  for (const std::string region : {"", "eu west 1", "eu-west-1/ssm", "eu-west-1\n"}) {
    BOOST_TEST((kind_of(plain(), {.region = region, .service = "ssm"}, published_pair()) ==
                configuration));
  }
  BOOST_TEST((kind_of(plain(), {.region = "eu-west-1", .service = ""}, published_pair()) ==
              configuration));
}

BOOST_AUTO_TEST_CASE(what_the_signature_adds_must_not_be_there_yet) {
  using enum base::ErrorKind;
  for (const std::string name :
       {"X-Amz-Date", "x-amz-date", "Authorization", "X-Amz-Security-Token"}) {
    Unsigned request = plain();
    request.headers.push_back({name, "x"});
    BOOST_TEST((kind_of(request, ssm, published_pair()) == internal));
  }
  BOOST_TEST((kind_of({}, ssm, published_pair()) == internal));
}

BOOST_AUTO_TEST_CASE(an_error_says_nothing_of_the_key) {
  const auto refused = sign(plain(), ssm, pair_of("AK ID", "hunter2", "t0ken"), suites_time);
  BOOST_REQUIRE(!refused.has_value());
  const std::string text = refused.error().what + refused.error().hint;
  BOOST_TEST(!text.contains("hunter2"));
  BOOST_TEST(!text.contains("t0ken"));
  BOOST_TEST(!text.contains("AK ID"));
  BOOST_TEST(refused.error().hint != "");
}

BOOST_AUTO_TEST_CASE(a_path_is_encoded_once_more_than_it_is_sent) {
  BOOST_TEST(canonical_path("") == "/");
  BOOST_TEST(canonical_path("/") == "/");
  BOOST_TEST(canonical_path("/a%20b/c") == "/a%2520b/c");
  BOOST_TEST(canonical_path("/../../a") == "/a");
  BOOST_TEST(canonical_path("/a/b/../c/./d//") == "/a/c/d/");
  BOOST_TEST(canonical_path("/..") == "/");
}

BOOST_AUTO_TEST_CASE(parameters_are_put_in_order) {
  BOOST_TEST(canonical_query("") == "");
  BOOST_TEST(canonical_query("b=2&a=2&a=1&c") == "a=1&a=2&b=2&c=");
  BOOST_TEST(canonical_query("a-b=1&a=1") == "a=1&a-b=1");
  BOOST_TEST(canonical_query("a=b=c") == "a=b=c");
}

BOOST_AUTO_TEST_CASE(white_space_in_a_value_is_folded) {
  BOOST_TEST(canonical_value("") == "");
  BOOST_TEST(canonical_value(" \t ") == "");
  BOOST_TEST(canonical_value("  a \t b\"  c \" ") == "a b\" c \"");
}

BOOST_AUTO_TEST_SUITE_END()
