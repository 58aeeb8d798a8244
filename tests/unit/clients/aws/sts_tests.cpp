// A role's credentials, from a server that says what the test wants.
#include "clients/aws/sts.hpp"

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/aws/signer.hpp"
#include "platform/base/timestamp.hpp"
#include "sts_replies.hpp"
#include "support/loop_fixture.hpp"
#include "unit/platform/http/scripted_server.hpp"

using namespace blindfold;
using namespace blindfold::aws;
using namespace std::chrono_literals;
using model::CredentialFailure;
using model::CredentialPlace;
using model::CredentialTrouble;

namespace {

constexpr std::string_view role_arn = "arn:aws:iam::123456789012:role/agent";
constexpr std::string_view xml_type = "Content-Type: text/xml\r\n";
constexpr std::string_view html = "<html><body>403 Forbidden: hunter2</body></html>";

Credentials pair_of(std::string_view token = {}) {
  return {.access_key_id = "AKIDEXAMPLE",
          .secret_access_key = *account::copied("hunter2/key"),
          .session_token = *account::copied(token)};
}

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

struct Asking : support::ManualLoopFixture {
  Asking() {
    account.region = "eu-west-1";
    account.endpoints.sts = server.url();
  }

  void answer(std::string text) { answers.push_back(std::move(text)); }
  void answer(std::string_view body, std::string_view status) {
    answer(http::test::reply(body, xml_type, status));
  }

  void start(RoleRequest request) {
    request.role_arn = role_arn;
    request.session_name = "blindfold";
    request.place = CredentialPlace::profile;
    outcome.reset();
    fetch = ask_sts(loop(), account, std::move(request),
                    [this](std::expected<Credentials, CredentialFailure> given) noexcept {
                      outcome = std::move(given);
                      if (end_within) {
                        fetch.reset();
                      }
                    });
    BOOST_TEST(!outcome.has_value());
  }
  void start_with_token() {
    RoleRequest request;
    request.web_identity_token = *account::copied("hunter2/web+token");
    start(std::move(request));
  }
  void start_signed(std::string_view token = {}) {
    const Credentials lent = pair_of(token);
    RoleRequest request;
    request.signed_with = &lent;
    start(std::move(request));
  }
  void wait() {
    BOOST_REQUIRE(run_until([this] { return outcome.has_value(); }));
  }

  /// "refused arn:… 403", or "credentials".
  std::string words() {
    wait();
    if (outcome->has_value()) {
      return "credentials";
    }
    const CredentialFailure& failure = outcome->error();
    BOOST_TEST((failure.place == CredentialPlace::profile));
    BOOST_TEST(!failure.subject.contains("hunter2"));
    std::string text = name_of(failure.trouble);
    text += failure.subject.empty() ? "" : " " + failure.subject;
    return text + (failure.status == 0 ? "" : " " + std::to_string(failure.status));
  }

  static std::string name_of(CredentialTrouble trouble) {
    switch (trouble) {
      case CredentialTrouble::incomplete:
        return "incomplete";
      case CredentialTrouble::unreachable:
        return "unreachable";
      case CredentialTrouble::timed_out:
        return "timed out";
      case CredentialTrouble::not_trusted:
        return "not trusted";
      case CredentialTrouble::refused:
        return "refused";
      case CredentialTrouble::not_the_form:
        return "not the form";
      case CredentialTrouble::expired:
        return "expired";
      case CredentialTrouble::no_region:
        return "no region";
      default:
        return "other";
    }
  }

  void serve(http::test::ScriptedServer::Connection& from) {
    std::string request;
    while (from.take_request(request)) {
      if (!answers.empty()) {
        from.send(answers.front());
        answers.pop_front();
      }
      if (close_after) {
        from.close();
      }
    }
  }

  [[nodiscard]] const std::string& request(std::size_t index) const {
    return server.requests().at(index);
  }
  [[nodiscard]] bool comes() {
    return run_until([this] { return !server.requests().empty(); });
  }

  http::test::ScriptedServer server{
      loop(), [this](http::test::ScriptedServer::Connection& from) { serve(from); }};
  std::deque<std::string> answers;
  bool close_after = false;
  bool end_within = false;
  Account account;
  std::optional<std::expected<Credentials, CredentialFailure>> outcome;
  std::unique_ptr<Fetch> fetch;
};

const std::string role_refused = "refused " + std::string(role_arn) + " 403";

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sts_tests, Asking)

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
  answer(html, "403 Forbidden");
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
