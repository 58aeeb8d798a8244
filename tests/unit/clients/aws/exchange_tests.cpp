// One signed request and its reply, against a service that says what the test
// wants.
#include "clients/aws/exchange.hpp"

#include <boost/test/unit_test.hpp>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "api_fixture.hpp"
#include "clients/aws/readers.hpp"
#include "recorded.hpp"

using namespace blindfold;
using namespace blindfold::aws;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view html = "<html><body>hunter2</body></html>";

struct Exchanging : ApiFixture {
  Exchanging() {
    auto client = http::Client::make(loop(), {.url = server.url()}, {});
    BOOST_REQUIRE(client.has_value());
    way = {.client = *std::move(client),
           .host = server.server(),
           .path = "/",
           .scope = {.region = "eu-west-1", .service = "secretsmanager"}};
    credentials = {.access_key_id = "AKIDEXAMPLE", .secret_access_key = secret_of("s3cret")};
    make();
  }

  void make() {
    exchange.emplace(loop(), clock_offset, reader,
                     [this](const Exchange::Outcome& outcome) noexcept { came(outcome); });
  }
  void came(const Exchange::Outcome& outcome) noexcept {
    said = words(outcome.failure);
    last = outcome;
    if (outcome.remedy != Remedy::none) {
      *said += outcome.remedy == Remedy::right_clock ? ", time" : ", fresh";
    }
  }

  void start(CallLimits limits = {}) {
    said.reset();
    reader.restart();
    BOOST_REQUIRE(exchange->start(way, describe_secret("app/db"), credentials, limits).has_value());
    BOOST_TEST(!said.has_value());
  }
  /// What comes of it.
  std::string ask(CallLimits limits = {}) {
    start(limits);
    BOOST_REQUIRE(run_until([this] { return said.has_value(); }));
    return *said;
  }
  std::string asked_with(ApiAnswer given) {
    expect("POST / HTTP/1.1\r\n", std::move(given));
    return ask();
  }
  /// The request as it has to be when it is signed `after` the clock's time.
  void check_signature(std::chrono::microseconds after) {
    const Operation operation = describe_secret("app/db");
    const auto signature = sign({.headers = {{"Host", server.server()},
                                             {"Content-Type", "application/x-amz-json-1.1"},
                                             {"X-Amz-Target", "secretsmanager.DescribeSecret"}},
                                 .body = operation.body},
                                way.scope, credentials, clock.now().system + after);
    BOOST_REQUIRE(signature.has_value());
    for (const auto& header : *signature) {
      BOOST_TEST(
          server.requests().back().contains("\r\n" + header.name + ": " + header.value + "\r\n"));
    }
  }
  [[nodiscard]] long long offset() const {
    return std::chrono::duration_cast<std::chrono::seconds>(clock_offset.value()).count();
  }

  Way way;
  Credentials credentials;
  ClockOffset clock_offset;
  SecretReader reader;
  std::optional<Exchange> exchange;
  std::optional<std::string> said;
  Exchange::Outcome last;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_tests)

BOOST_FIXTURE_TEST_CASE(a_reply_is_read, Exchanging) {
  BOOST_TEST(asked_with(answer(recorded::secret)) == "done");
  BOOST_TEST(reader.facts().name == "app/db");
  const std::string& request = server.requests().at(0);
  BOOST_TEST(request.contains("\r\nHost: " + server.server() + "\r\n"));
  BOOST_TEST(request.contains("\r\nContent-Type: application/x-amz-json-1.1\r\n"));
  BOOST_TEST(request.contains("\r\nX-Amz-Target: secretsmanager.DescribeSecret\r\n"));
  BOOST_TEST(request.ends_with("\r\n\r\n{\"SecretId\":\"app/db\"}"));
  BOOST_TEST(!request.contains("X-Amz-Security-Token"));
  check_signature(0s);
}

BOOST_FIXTURE_TEST_CASE(parameters_have_their_own_target_and_the_token_is_sent, Exchanging) {
  credentials.session_token = secret_of("t0ken+/=");
  expect("\r\nX-Amz-Security-Token: t0ken+/=\r\n", answer(recorded::empty_parameter_list));
  ParameterListReader parameters([](const ParameterFacts&) noexcept {});
  exchange.emplace(loop(), clock_offset, parameters,
                   [this](const Exchange::Outcome& outcome) noexcept { came(outcome); });
  BOOST_REQUIRE(exchange->start(way, describe_parameters({}, ""), credentials, {}).has_value());
  BOOST_REQUIRE(run_until([this] { return said.has_value(); }));
  BOOST_TEST(*said == "done");
  const std::string& request = server.requests().at(0);
  BOOST_TEST(request.contains("\r\nX-Amz-Target: AmazonSSM.DescribeParameters\r\n"));
  BOOST_TEST(request.contains(
      "SignedHeaders=content-type;host;x-amz-date;x-amz-security-token;x-amz-target,"));
}

BOOST_FIXTURE_TEST_CASE(nothing_leaves_unsigned, Exchanging) {
  credentials.secret_access_key.clear();
  const auto started = exchange->start(way, describe_secret("app/db"), credentials, {});
  BOOST_REQUIRE(!started.has_value());
  BOOST_TEST((started.error().kind == base::ErrorKind::configuration));
  turn(20);
  BOOST_TEST(asked() == 0U);
  BOOST_TEST(!said.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_token_that_cannot_be_sent, Exchanging) {
  credentials.session_token = secret_of("two\nlines");
  BOOST_TEST(ask() == "credential");
  BOOST_TEST(asked() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_path_before_all_others_is_signed, Exchanging) {
  auto client = http::Client::make(loop(), {.url = server.url() + "/base"}, {});
  BOOST_REQUIRE(client.has_value());
  exchange.reset();
  way.client = *std::move(client);
  way.path = "/base/";
  make();
  expect("POST /base/ HTTP/1.1\r\n", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(refusals, Exchanging) {
  BOOST_TEST(asked_with(refusal("AccessDeniedException")) == "access denied 400");
  BOOST_TEST(asked_with(answer(recorded::no_secret, "404 Not Found",
                               "Content-Type: application/json\r\n")) == "not found 404");
  BOOST_TEST(asked_with(refusal("ValidationException")) == "invalid request 400");
  BOOST_TEST(asked_with(refusal("SomethingNew", "403 Forbidden")) == "unexpected 403");
  BOOST_TEST(asked_with(refusal("InternalFailure", "500 Internal Server Error")) ==
             "server error 500");
  BOOST_TEST(asked_with(refusal("x#ExpiredTokenException")) == "not signed right 400, fresh");
  BOOST_TEST(reader.facts().name == "");
}

BOOST_FIXTURE_TEST_CASE(retry_after_is_told, Exchanging) {
  BOOST_TEST(asked_with(refusal("ThrottlingException", "400 Bad Request", "Retry-After: 3\r\n")) ==
             "throttled 400");
  BOOST_TEST((last.failure->retry_after == 3s));
  BOOST_TEST(asked_with(answer(html, "503 Service Unavailable",
                               "Content-Type: text/html\r\nRetry-After: 7\r\n")) ==
             "throttled 503");
  BOOST_TEST((last.failure->retry_after == 7s));
  BOOST_TEST(asked_with(answer("", "429 Too Many Requests", "")) == "throttled 429");
  BOOST_TEST(!last.failure->retry_after.has_value());
}

BOOST_FIXTURE_TEST_CASE(a_page_of_a_proxy_is_not_the_services_word, Exchanging) {
  for (const auto* status : {"200 OK", "400 Bad Request", "403 Forbidden", "404 Not Found",
                             "301 Moved Permanently", "204 No Content"}) {
    const std::string number = std::string(status).substr(0, 3);
    BOOST_TEST(asked_with(answer(number == "204" ? "" : html, status,
                                 "Content-Type: text/html\r\n")) == "not the form " + number);
  }
  BOOST_TEST(asked_with(answer(html, "502 Bad Gateway", "Content-Type: text/html\r\n")) ==
             "server error 502");
  BOOST_TEST(asked_with(answer(R"({"error":"hunter2"})", "404 Not Found")) == "not the form 404");
  BOOST_TEST(asked_with(answer(recorded::secret, "202 Accepted")) == "not the form 202");
  BOOST_TEST(reader.facts().name == "");
}

BOOST_FIXTURE_TEST_CASE(what_is_not_json_is_dropped_unparsed, Exchanging) {
  for (const auto* type : {"text/html", "text/plain", "application/x-amz-json-1.1x",
                           "application/x-amz-cbor-1.1", "application/x-amz-json-1.0", ""}) {
    BOOST_TEST(asked_with(answer(recorded::secret, "200 OK",
                                 "Content-Type: " + std::string(type) + "\r\n")) ==
               "not the form 200");
    BOOST_TEST(reader.facts().name == "");
  }
  for (const auto* type :
       {"application/json", "Application/X-Amz-JSON-1.1; charset=utf-8", "application/json ;x=y"}) {
    BOOST_TEST(asked_with(answer(recorded::secret, "200 OK",
                                 "Content-Type: " + std::string(type) + "\r\n")) == "done");
  }
}

BOOST_FIXTURE_TEST_CASE(a_reply_is_one_document_of_the_form, Exchanging) {
  const std::string whole(recorded::secret);
  BOOST_TEST(asked_with(answer("")) == "not the form 200");
  BOOST_TEST(asked_with(answer("\n \n")) == "not the form 200");
  BOOST_TEST(asked_with(answer(whole + whole)) == "not the form 200");
  BOOST_TEST(asked_with(answer(whole.substr(0, 100))) == "cut off 200");
  BOOST_TEST(asked_with(answer("{\"a\":x")) == "not the form 200");
  BOOST_TEST(asked_with(answer(recorded::secret_value)) == "not the form 200");
  BOOST_TEST(asked_with(answer(recorded::parameter_list)) == "not the form 200");
  const std::string no = R"({"__type":"AccessDenied"})";
  BOOST_TEST(asked_with(answer(no + no, "400 Bad Request")) == "not the form 400");
  BOOST_TEST(asked_with(answer("", "400 Bad Request")) == "not the form 400");
}

BOOST_FIXTURE_TEST_CASE(a_reply_has_a_largest_size, Exchanging) {
  const std::string large =
      R"({"Name":"a","ARN":"b","Description":")" + std::string(3000, 'a') + R"("})";
  expect("POST", answer(large));
  BOOST_TEST(ask({.body = 1000}) == "too large 200");
  expect("POST", answer(large));
  BOOST_TEST(ask({.body = 4000}) == "done");
  BOOST_TEST(asked_with(answer(R"({"message":")" + std::string(70'000, 'a') + R"("})",
                               "400 Bad Request")) == "too large 400");
}

BOOST_FIXTURE_TEST_CASE(a_connection_that_breaks, Exchanging) {
  const std::string whole = http::test::reply(recorded::secret, json_type);
  const std::string no =
      http::test::reply(R"({"__type":"AccessDenied"})", json_type, "400 Bad Request");
  const std::string failed =
      http::test::reply(R"({"__type":"AccessDenied"})", json_type, "500 Internal Server Error");
  const auto part = [](const std::string& text) {
    return [text](ApiConnection& to) {
      to.send(std::string_view(text).substr(0, text.size() - 1));
      to.close();
    };
  };
  BOOST_TEST(asked_with(part(whole)) == "cut off 200");
  BOOST_TEST(asked_with(part(no)) == "cut off 400");
  BOOST_TEST(asked_with(part(failed)) == "server error 500");
  BOOST_TEST(asked_with([](ApiConnection& to) {
               to.send("what\r\n\r\n");
               to.close();
             }) == "not the form");
  stop_serving();
  BOOST_TEST(ask() == "unreachable");
}

BOOST_FIXTURE_TEST_CASE(a_service_that_says_nothing_or_half, Exchanging) {
  expect("POST", say_nothing);
  start({.timeout = 5s});
  BOOST_REQUIRE(comes(1));
  pass(4999ms);
  BOOST_TEST(!said.has_value());
  pass(2ms);
  BOOST_TEST((said == "timed out"));
  expect("POST", [](ApiConnection& to) {
    to.send(http::test::reply(recorded::secret, json_type).substr(0, 200));
  });
  start({.timeout = 5s});
  BOOST_REQUIRE(comes(2));
  turn(20);
  pass(6s);
  BOOST_REQUIRE(said.has_value());
  BOOST_TEST(said->starts_with("timed out"));
  BOOST_TEST(asked_with(answer(recorded::secret)) == "done");
}

BOOST_FIXTURE_TEST_CASE(the_clock_is_measured_and_a_refusal_can_be_remedied, Exchanging) {
  BOOST_TEST(asked_with(refusal("RequestTimeTooSkewed", "403 Forbidden", dated(600s))) ==
             "clock 403, time");
  BOOST_TEST(offset() == 600);
  BOOST_TEST(asked_with(answer(recorded::secret, "200 OK", std::string(json_type) + dated(600s))) ==
             "done");
  check_signature(clock_offset.value());
  BOOST_TEST(offset() == 600);
}

BOOST_FIXTURE_TEST_CASE(the_clock_is_off_both_ways_and_right_again, Exchanging) {
  BOOST_TEST(asked_with(refusal("RequestExpired", "400 Bad Request", dated(3600s))) ==
             "clock 400, time");
  BOOST_TEST(offset() == 3600);
  BOOST_TEST(asked_with(refusal("RequestInTheFuture", "400 Bad Request", dated(-3600s))) ==
             "clock 400, time");
  BOOST_TEST(offset() == -3599);
  BOOST_TEST(asked_with(answer(recorded::secret, "200 OK", std::string(json_type) + dated(0s))) ==
             "done");
  BOOST_TEST((clock_offset.value() == 0s));
}

BOOST_FIXTURE_TEST_CASE(any_reply_tells_the_time, Exchanging) {
  BOOST_TEST(asked_with(answer(html, "502 Bad Gateway",
                               "Content-Type: text/html\r\n" + dated(900s))) == "server error 502");
  BOOST_TEST(offset() == 900);
}

BOOST_FIXTURE_TEST_CASE(a_caches_date_is_not_of_now, Exchanging) {
  BOOST_TEST(asked_with(refusal("RequestTimeTooSkewed", "403 Forbidden",
                                "Age: 0\r\n" + dated(-3600s))) == "clock 403");
  BOOST_TEST(asked_with(answer(recorded::secret, "200 OK",
                               std::string(json_type) + "Age: 7\r\n" + dated(3600s))) == "done");
  BOOST_TEST((clock_offset.value() == 0s));
}

BOOST_FIXTURE_TEST_CASE(a_clock_that_is_right_is_not_corrected, Exchanging) {
  BOOST_TEST(asked_with(refusal("RequestTimeTooSkewed", "403 Forbidden", dated(1s))) ==
             "clock 403");
  BOOST_TEST(asked_with(refusal("RequestTimeTooSkewed", "403 Forbidden")) == "clock 403");
}

BOOST_FIXTURE_TEST_CASE(a_signature_that_does_not_match_may_be_the_clocks_fault, Exchanging) {
  for (const char* const code :
       {"InvalidSignatureException", "SignatureDoesNotMatch", "AuthFailure"}) {
    clock_offset = {};
    BOOST_TEST(asked_with(refusal(code, "403 Forbidden", dated(0s))) == "not signed right 403");
    BOOST_TEST(asked_with(refusal(code, "403 Forbidden", dated(200s))) == "not signed right 403");
    clock_offset = {};
    BOOST_TEST(asked_with(refusal(code, "403 Forbidden", dated(241s))) == "clock 403, time");
    clock_offset = {};
    BOOST_TEST(asked_with(refusal(code, "403 Forbidden", dated(-250s))) == "clock 403, time");
  }
}

BOOST_FIXTURE_TEST_CASE(another_call_may_have_measured_the_clock, Exchanging) {
  expect("POST", [this](ApiConnection& to) {
    clock_offset.note(std::chrono::floor<std::chrono::seconds>(clock.now().system) + 900s,
                      clock.now().system, 0s);
    to.send(http::test::reply(R"({"__type":"RequestExpired"})",
                              std::string(json_type) + dated(900s), "400 Bad Request"));
  });
  BOOST_TEST(ask() == "clock 400, time");
}

BOOST_FIXTURE_TEST_CASE(cancelled_it_says_nothing, Exchanging) {
  start();
  exchange->cancel();
  turn(20);
  BOOST_TEST(asked() == 0U);
  expect("POST", say_nothing);
  start();
  BOOST_REQUIRE(comes(1));
  exchange->cancel();
  pass(60s);
  BOOST_TEST(!said.has_value());
  BOOST_TEST(asked_with(answer(recorded::secret)) == "done");
}

BOOST_FIXTURE_TEST_CASE(it_may_be_destroyed_when_it_is_done, Exchanging) {
  for (const auto& given : {answer(recorded::secret), refusal("AccessDenied"),
                            answer(html, "404 Not Found", "Content-Type: text/html\r\n")}) {
    bool done = false;
    std::optional<Exchange> own;
    own.emplace(loop(), clock_offset, reader, [&own, &done](const Exchange::Outcome&) noexcept {
      own.reset();
      done = true;
    });
    expect("POST", given);
    reader.restart();
    BOOST_REQUIRE(own->start(way, describe_secret("a"), credentials, {}).has_value());
    BOOST_REQUIRE(run_until([&done] { return done; }));
  }
}

BOOST_FIXTURE_TEST_CASE(it_may_be_ended_while_the_reader_is_told, Exchanging) {
  for (const bool destroyed : {false, true}) {
    std::optional<Exchange> own;
    int told = 0;
    bool done = false;
    SecretListReader list([&own, &told, destroyed](const SecretFacts&) noexcept {
      if (++told == 1 && destroyed) {
        own.reset();
      } else if (told == 1) {
        own->cancel();
      }
    });
    own.emplace(loop(), clock_offset, list,
                [&done](const Exchange::Outcome&) noexcept { done = true; });
    expect("POST", answer(recorded::secret_list));
    BOOST_REQUIRE(own->start(way, list_secrets({}, ""), credentials, {}).has_value());
    BOOST_REQUIRE(run_until([&told] { return told > 0; }));
    turn(20);
    BOOST_TEST(!done);
    if (own) {
      list.restart();
      expect("POST", refusal("AccessDenied"));
      BOOST_REQUIRE(own->start(way, list_secrets({}, ""), credentials, {}).has_value());
      BOOST_REQUIRE(run_until([&done] { return done; }));
    }
  }
}

BOOST_AUTO_TEST_SUITE_END()
