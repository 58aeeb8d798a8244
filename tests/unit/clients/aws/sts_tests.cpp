// A role's credentials, from a server that says what the test wants.
#include "clients/aws/sts.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

#include "clients/aws/signer.hpp"
#include "platform/base/timestamp.hpp"
#include "sts_fixture.hpp"

using namespace blindfold;
using namespace blindfold::aws;
using namespace std::chrono_literals;

namespace {

bool holds(const secret::SecretBuffer& buffer, std::string_view expected) {
  return buffer.with_bytes([expected](std::string_view bytes) { return bytes == expected; });
}

/// What a request has for `name`; "" where it has none, or two.
std::string header(const std::string& request, const std::string& name) {
  const std::string line = "\r\n" + name + ": ";
  const std::size_t at = request.find(line);
  if (at == std::string::npos || request.find(line, at + 1) != std::string::npos) {
    return {};
  }
  const std::size_t from = at + line.size();
  return request.substr(from, request.find("\r\n", from) - from);
}

/// What Authorization has to be for a request that came, and is signed at `time`.
std::string signature(const std::string& request, std::string_view path, const Credentials& by,
                      std::string_view time) {
  const auto headers =
      sign({.path = path,
            .headers = {{"Host", header(request, "Host")},
                        {"Content-Type", header(request, "Content-Type")}},
            .body = std::string_view(request).substr(request.find("\r\n\r\n") + 4)},
           {.region = "eu-west-1", .service = "sts"}, by, *base::parse_timestamp(time));
  BOOST_REQUIRE(headers.has_value());
  return headers->back().value;
}

std::string refusal_at(std::string_view time, std::string_view fields = "") {
  return http::test::reply(sts_replies::refusal,
                           std::string(xml_type) + std::string(fields) + "Date: Mon, 23 Nov 2026 " +
                               std::string(time) + " GMT\r\n",
                           "403 Forbidden");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sts_tests, StsFixture)

BOOST_AUTO_TEST_CASE(a_token_is_exchanged_without_a_signature) {
  answer(sts_replies::web_identity, "200 OK");
  start_with_token();
  BOOST_TEST(words() == "credentials");
  const Credentials& got = **outcome;
  BOOST_TEST(got.access_key_id == "ASIAEXAMPLE");
  BOOST_TEST(holds(got.secret_access_key, "hunter2/s3cret+"));
  BOOST_TEST(holds(got.session_token, "hunter2/t0ken+&=="));
  BOOST_TEST((got.expires == base::parse_timestamp("2030-01-01T01:00:00Z")));

  BOOST_TEST(request(0).starts_with("POST / HTTP/1.1\r\n"));
  BOOST_TEST(header(request(0), "Host") == server.server());
  BOOST_TEST(header(request(0), "Content-Type") ==
             "application/x-www-form-urlencoded; charset=utf-8");
  BOOST_TEST(header(request(0), "User-Agent").starts_with("blindfold/"));
  BOOST_TEST(request(0).ends_with(
      "\r\n\r\nAction=AssumeRoleWithWebIdentity&Version=2011-06-15&RoleArn=arn%3Aaws%3Aiam%3A%3A"
      "123456789012%3Arole%2Fagent&RoleSessionName=blindfold"
      "&WebIdentityToken=hunter2%2Fweb%2Btoken"));
  BOOST_TEST(!request(0).contains("Authorization"));
  BOOST_TEST(!request(0).contains("X-Amz-"));
}

BOOST_AUTO_TEST_CASE(other_credentials_sign) {
  answer(sts_replies::assume_role, "200 OK");
  start_signed();
  BOOST_TEST(words() == "credentials");
  BOOST_TEST(request(0).contains("\r\n\r\nAction=AssumeRole&"));
  BOOST_TEST(header(request(0), "X-Amz-Date") == "20261123T120000Z");
  BOOST_TEST(header(request(0), "Authorization") ==
             signature(request(0), "/", pair_of(), "2026-11-23T12:00:00Z"));
  BOOST_TEST(!request(0).contains("X-Amz-Security-Token"));
}

BOOST_AUTO_TEST_CASE(a_session_token_is_sent_and_signed) {
  answer(sts_replies::assume_role, "200 OK");
  start_signed("hunter2/session==");
  BOOST_TEST(words() == "credentials");
  BOOST_TEST(header(request(0), "X-Amz-Security-Token") == "hunter2/session==");
  BOOST_TEST(header(request(0), "Authorization") ==
             signature(request(0), "/", pair_of("hunter2/session=="), "2026-11-23T12:00:00Z"));
}

BOOST_AUTO_TEST_CASE(an_endpoint_has_a_path_of_its_own) {
  account.endpoints.sts = server.url() + "/sts";
  answer(sts_replies::assume_role, "200 OK");
  start_signed();
  BOOST_TEST(words() == "credentials");
  BOOST_TEST(request(0).starts_with("POST /sts/ HTTP/1.1\r\n"));
  BOOST_TEST(header(request(0), "Authorization") ==
             signature(request(0), "/sts/", pair_of(), "2026-11-23T12:00:00Z"));
}

BOOST_AUTO_TEST_CASE(a_signature_of_another_time_is_made_again_once) {
  answer(refusal_at("12:10:00"));
  answer(sts_replies::assume_role, "200 OK");
  start_signed("hunter2/session==");
  BOOST_TEST(words() == "credentials");
  BOOST_TEST(header(request(1), "X-Amz-Date") == "20261123T121000Z");
  BOOST_TEST(header(request(1), "X-Amz-Security-Token") == "hunter2/session==");
  BOOST_TEST(header(request(1), "Authorization") ==
             signature(request(1), "/", pair_of("hunter2/session=="), "2026-11-23T12:10:00Z"));

  answer(refusal_at("11:50:00"));
  answer(refusal_at("11:30:00"));
  start_signed();
  BOOST_TEST(words() == role_refused);
  BOOST_TEST(header(request(3), "X-Amz-Date") == "20261123T115000Z");
  BOOST_TEST(server.requests().size() == 4U);
}

BOOST_AUTO_TEST_CASE(a_refusal_that_is_not_the_clocks_is_not_asked_again) {
  answer(refusal_at("12:03:59"));
  start_signed();
  BOOST_TEST(words() == role_refused);
  answer(refusal_at("12:10:00", "Age: 600\r\n"));
  start_signed();
  BOOST_TEST(words() == role_refused);
  answer(refusal_at("12:10:00"));
  start_with_token();
  BOOST_TEST(words() == role_refused);
  BOOST_TEST(server.requests().size() == 3U);
}

BOOST_AUTO_TEST_CASE(destroyed_it_says_nothing_more) {
  start_with_token();
  fetch.reset();
  turn(20);
  account.region.clear();
  start_with_token();
  fetch.reset();
  turn(20);
  account.region = "eu-west-1";
  start_signed();
  BOOST_REQUIRE(comes());
  fetch.reset();
  clock.advance(20s);
  turn(20);
  BOOST_TEST(!outcome.has_value());
}

BOOST_AUTO_TEST_CASE(it_may_be_destroyed_from_within_its_callback) {
  end_within = true;
  answer(sts_replies::web_identity, "200 OK");
  start_with_token();
  BOOST_TEST(words() == "credentials");
  answer("<html/>", "403 Forbidden");
  start_with_token();
  BOOST_TEST(words() == "not the form 127.0.0.1 403");
  start_with_token();
  BOOST_REQUIRE(run_until([this] { return server.requests().size() == 3; }));
  clock.advance(10s);
  BOOST_TEST(words() == "timed out 127.0.0.1");
  account.region.clear();
  start_with_token();
  BOOST_TEST(words() == "no region");
  BOOST_TEST(fetch == nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
