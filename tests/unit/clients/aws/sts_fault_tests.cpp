// What goes wrong on the way to a role's credentials, and what is said of it.
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>
#include <utility>

#include "clients/aws/sts.hpp"
#include "sts_fixture.hpp"

using namespace blindfold;
using namespace blindfold::aws;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view html = "<html><body>403 Forbidden: hunter2</body></html>";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sts_fault_tests, StsFixture)

BOOST_AUTO_TEST_CASE(nothing_is_sent_without_a_key) {
  start({});
  BOOST_TEST(words() == "incomplete aws_secret_access_key");
  const Credentials none;
  RoleRequest request;
  request.signed_with = &none;
  start(std::move(request));
  BOOST_TEST(words() == "incomplete aws_secret_access_key");
  Credentials nameless = pair_of();
  nameless.access_key_id.clear();
  RoleRequest other;
  other.signed_with = &nameless;
  start(std::move(other));
  BOOST_TEST(words() == "incomplete aws_access_key_id");
  BOOST_TEST(server.connections().empty());
}

BOOST_AUTO_TEST_CASE(a_region_is_needed) {
  for (const std::string region : {"", "Eu West", "eu-west-1.example.com/"}) {
    account.region = region;
    start_with_token();
    BOOST_TEST(words() == "no region");
  }
  BOOST_TEST(server.connections().empty());
}

BOOST_AUTO_TEST_CASE(an_endpoint_or_certificates_that_cannot_be_used_are_said) {
  account.endpoints.sts = "ftp://127.0.0.1";
  start_with_token();
  BOOST_TEST(words() == "unreachable ftp://127.0.0.1");
  account.endpoints.sts = "https://127.0.0.1";
  account.ca_pem = "no certificate";
  start_with_token();
  BOOST_TEST(words() == "not trusted 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(a_refusal_names_the_role) {
  answer(sts_replies::refusal, "403 Forbidden");
  start_with_token();
  BOOST_TEST(words() == role_refused);
  answer(sts_replies::refusal, "400 Bad Request");
  start_signed();
  BOOST_TEST(words() == "refused " + std::string(role_arn) + " 400");
}

BOOST_AUTO_TEST_CASE(a_server_in_trouble_is_named_whoever_answers) {
  for (const std::string_view status :
       {"429 Too Many Requests", "500 Internal Server Error", "503 Service Unavailable"}) {
    for (const std::string_view body : {sts_replies::refusal, html, std::string_view()}) {
      answer(body, status);
      start_with_token();
      BOOST_TEST(words() == "refused 127.0.0.1 " + std::string(status.substr(0, 3)));
    }
  }
}

BOOST_AUTO_TEST_CASE(what_is_not_of_the_form_is_said) {
  const std::string cut(sts_replies::web_identity.substr(0, 700));
  for (const std::string_view body :
       {html, std::string_view("{\"Error\":{\"Code\":\"hunter2\"}}"), std::string_view(),
        sts_replies::refusal, sts_replies::assume_role, std::string_view(cut)}) {
    answer(body, "200 OK");
    start_with_token();
    BOOST_TEST(words() == "not the form 127.0.0.1 200");
  }
  for (const std::string_view body : {html, std::string_view(), sts_replies::web_identity}) {
    answer(body, "403 Forbidden");
    start_with_token();
    BOOST_TEST(words() == "not the form 127.0.0.1 403");
  }
  answer(sts_replies::web_identity, "302 Found");
  start_with_token();
  BOOST_TEST(words() == "not the form 127.0.0.1 302");
}

BOOST_AUTO_TEST_CASE(too_large_a_reply_is_not_read_to_its_end) {
  const std::string comment = "<!--" + std::string(70'000, 'x') + "-->";
  answer(comment + std::string(sts_replies::web_identity), "200 OK");
  start_with_token();
  BOOST_TEST(words() == "not the form 127.0.0.1 200");
}

BOOST_AUTO_TEST_CASE(a_connection_that_breaks_is_unreachable) {
  const std::string whole = http::test::reply(sts_replies::web_identity, xml_type);
  answer(whole.substr(0, whole.size() - 20));
  close_after = true;
  start_with_token();
  BOOST_TEST(words() == "unreachable 127.0.0.1 200");
  server.stop_listening();
  start_with_token();
  BOOST_TEST(words() == "unreachable 127.0.0.1");
}

BOOST_AUTO_TEST_CASE(what_is_not_http_is_not_of_the_form) {
  answer("SSH-2.0-OpenSSH_9.2\r\n");
  close_after = true;
  start_with_token();
  BOOST_TEST(words().starts_with("not the form 127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(it_waits_ten_seconds_for_all_of_it) {
  start_with_token();
  BOOST_REQUIRE(comes());
  clock.advance(9'999ms);
  turn(20);
  BOOST_TEST(!outcome.has_value());
  clock.advance(1ms);
  BOOST_TEST(words() == "timed out 127.0.0.1");

  const std::string whole = http::test::reply(sts_replies::web_identity, xml_type);
  answer(whole.substr(0, 300));
  start_with_token();
  BOOST_REQUIRE(run_until([this] { return server.requests().size() == 2; }));
  turn(20);
  clock.advance(10s);
  BOOST_TEST(words().starts_with("timed out 127.0.0.1"));
}

BOOST_AUTO_TEST_CASE(credentials_that_ended_already_are_none) {
  const std::string expired(sts_replies::web_identity);
  const auto expires = [&expired](std::string_view time) {
    std::string text = expired;
    return text.replace(text.find("2030-01-01T01:00:00Z"), 20, time);
  };
  answer(expires("2026-11-23T12:00:00Z"), "200 OK");
  start_with_token();
  BOOST_TEST(words() == "expired " + std::string(role_arn) + " 200");
  answer(expires("2026-11-23T12:00:01Z"), "200 OK");
  start_with_token();
  BOOST_TEST(words() == "credentials");
  // By the service's clock, where it says one: this machine's may be off.
  const std::string dated = std::string(xml_type) + "Date: Mon, 23 Nov 2026 10:00:00 GMT\r\n";
  answer(http::test::reply(expires("2026-11-23T11:00:00Z"), dated));
  start_with_token();
  BOOST_TEST(words() == "credentials");
}

BOOST_AUTO_TEST_SUITE_END()
