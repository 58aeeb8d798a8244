// One question and its answer, with all that may lie between, against a service
// that says what the test wants.
#include "clients/aws/call.hpp"

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

struct Asking : ApiFixture {
  Asking() {
    Credentials keys{.access_key_id = "AKIDEXAMPLE", .secret_access_key = secret_of("s3cret")};
    connect({EnvironmentKeys{std::move(keys)}});
  }

  void connect(Source source) {
    call.reset();
    session.reset();
    account.sources.clear();
    account.sources.push_back(std::move(source));
    account.endpoints.all = server.url();
    account.region = "eu-west-1";
    auto made = Session::make(loop(), account, 0, nullptr);
    BOOST_REQUIRE(made.has_value());
    session = *std::move(made);
    use_region("eu-west-1");
  }
  void use_region(std::string region) {
    call.emplace(*session, std::move(region), reader,
                 [this](const std::optional<Failure>& failure) noexcept {
                   said = words(failure);
                   last = failure.value_or(Failure{});
                 });
  }

  void start(CallLimits limits = {}) {
    said.reset();
    reader.restart();
    call->start(describe_secret("app/db"), limits);
    BOOST_TEST(!said.has_value());
    BOOST_TEST(call->running());
  }
  /// What comes of it.
  std::string ask(CallLimits limits = {}) {
    start(limits);
    BOOST_REQUIRE(run_until([this] { return said.has_value(); }));
    BOOST_TEST(!call->running());
    return *said;
  }

  Account account;
  std::unique_ptr<Session> session;
  SecretReader reader;
  std::optional<Call> call;
  std::optional<std::string> said;
  Failure last;
};

/// Gives other credentials each time, as a container's endpoint does.
struct Rotating : Asking {
  Rotating() { connect({Container{.url = container.url() + "/credentials", .token_file = {}}}); }

  void give(http::test::ScriptedServer::Connection& to) {
    std::string request;
    while (to.take_request(request)) {
      ++given;
      to.send(given > most ? http::test::reply("", "", "403 Forbidden")
                           : http::test::reply(R"({"AccessKeyId":"AKID)" + std::to_string(given) +
                                                   R"(","SecretAccessKey":"s","Token":"token)" +
                                                   std::to_string(given) +
                                                   R"(","Expiration":"2026-11-23T18:00:00Z"})",
                                               "Content-Type: application/json\r\n"));
    }
  }

  int given = 0;
  int most = 100;
  http::test::ScriptedServer container{
      loop(), [this](http::test::ScriptedServer::Connection& to) { give(to); }};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(call_tests)

BOOST_FIXTURE_TEST_CASE(a_reply_is_read, Asking) {
  expect("POST / HTTP/1.1\r\n", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.facts().name == "app/db");
  const std::string& request = server.requests().at(0);
  BOOST_TEST(request.contains("\r\nHost: " + server.server() + "\r\n"));
  BOOST_TEST(request.contains("\r\nUser-Agent: blindfold/"));
  BOOST_TEST(request.contains("\r\nX-Amz-Target: secretsmanager.DescribeSecret\r\n"));
  BOOST_TEST(request.contains("Credential=AKIDEXAMPLE/20261123/eu-west-1/secretsmanager/"));
}

BOOST_FIXTURE_TEST_CASE(each_region_is_signed_for_and_has_connections_of_its_own, Asking) {
  expect("/eu-west-1/secretsmanager/aws4_request", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  use_region("us-east-2");
  expect("/us-east-2/secretsmanager/aws4_request", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(server.connections().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(it_can_be_asked_again, Asking) {
  expect("POST", answer(recorded::secret));
  expect("POST", refusal("ResourceNotFoundException"));
  expect("POST", answer(recorded::deleted_secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(ask() == "not found 400");
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.facts().pending_deletion);
  BOOST_TEST(server.connections().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(a_region_that_is_none, Asking) {
  use_region("evil.example/");
  BOOST_TEST(ask() == "internal");
  use_region("");
  BOOST_TEST(ask() == "internal");
  BOOST_TEST(asked() == 0U);
}

BOOST_FIXTURE_TEST_CASE(what_is_refused_is_not_repeated, Asking) {
  for (const char* const code : {"AccessDeniedException", "ThrottlingException",
                                 "InternalServiceError", "ValidationException", "AuthFailure"}) {
    const std::size_t before = asked();
    expect("POST", refusal(code));
    ask();
    turn(20);
    BOOST_TEST(asked() == before + 1, code);
  }
  expect("POST", answer("", "503 Service Unavailable", "Retry-After: 9\r\n"));
  BOOST_TEST(ask() == "throttled 503");
  BOOST_TEST((last.retry_after == 9s));
}

BOOST_FIXTURE_TEST_CASE(the_clock_is_corrected_and_it_is_asked_once_more, Asking) {
  expect("\r\nX-Amz-Date: 20261123T120000Z\r\n",
         refusal("RequestTimeTooSkewed", "403 Forbidden", dated(3600s)));
  expect("\r\nX-Amz-Date: 20261123T130000Z\r\n", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(reader.facts().name == "app/db");
  // Kept, until this machine's clock is right.
  expect("\r\nX-Amz-Date: 20261123T130000Z\r\n",
         refusal("InvalidSignatureException", "400 Bad Request", dated(0s)));
  expect("\r\nX-Amz-Date: 20261123T120000Z\r\n", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(asked() == 4U);
}

BOOST_FIXTURE_TEST_CASE(the_clock_is_corrected_once, Asking) {
  expect("POST", refusal("RequestExpired", "400 Bad Request", dated(3600s)));
  expect("POST", refusal("RequestInTheFuture", "400 Bad Request", dated(-3600s)));
  BOOST_TEST(ask() == "clock 400");
  BOOST_TEST(asked() == 2U);
  expect("POST", refusal("SignatureDoesNotMatch", "403 Forbidden", dated(-3600s)));
  BOOST_TEST(ask() == "not signed right 403");
  BOOST_TEST(asked() == 3U);
}

BOOST_FIXTURE_TEST_CASE(expired_credentials_are_replaced_once, Rotating) {
  expect("Credential=AKID1/", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(server.requests().back().contains("\r\nX-Amz-Security-Token: token1\r\n"));
  pass(2s);
  expect("Credential=AKID1/", refusal("ExpiredTokenException"));
  expect("Credential=AKID2/", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  BOOST_TEST(server.requests().back().contains("\r\nX-Amz-Security-Token: token2\r\n"));
  pass(2s);
  expect("Credential=AKID2/", refusal("UnrecognizedClientException"));
  expect("Credential=AKID3/", refusal("InvalidClientTokenId", "403 Forbidden"));
  BOOST_TEST(ask() == "not signed right 403");
  BOOST_TEST(given == 3);
}

BOOST_FIXTURE_TEST_CASE(an_expired_token_and_a_wrong_clock, Rotating) {
  expect("Credential=AKID1/", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
  pass(2s);
  expect("Credential=AKID1/", refusal("ExpiredToken"));
  expect("Credential=AKID2/", refusal("RequestExpired", "400 Bad Request", dated(7200s)));
  expect("Credential=AKID2/20261123/", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(no_credentials_say_why, Rotating) {
  most = 0;
  BOOST_TEST(ask() == "credential");
  BOOST_REQUIRE(!last.credentials.empty());
  BOOST_TEST((last.credentials.back().place == model::CredentialPlace::container));
  BOOST_TEST(asked() == 0U);
}

BOOST_FIXTURE_TEST_CASE(credentials_that_cannot_be_sent, Asking) {
  Credentials keys{.access_key_id = "AKID", .secret_access_key = secret_of("s")};
  keys.session_token = secret_of("two\nlines");
  connect({EnvironmentKeys{std::move(keys)}});
  BOOST_TEST(ask() == "credential");
  const CredentialFailures why{{.place = model::CredentialPlace::environment,
                                .trouble = model::CredentialTrouble::not_the_form}};
  BOOST_TEST((last.credentials == why));
  BOOST_TEST(asked() == 0U);
}

BOOST_FIXTURE_TEST_CASE(a_service_that_says_nothing, Asking) {
  expect("POST", say_nothing);
  start({.timeout = 5s});
  BOOST_REQUIRE(comes(1));
  pass(4999ms);
  BOOST_TEST(!said.has_value());
  pass(2ms);
  BOOST_TEST((said == "timed out"));
  BOOST_TEST(!call->running());
}

BOOST_FIXTURE_TEST_CASE(nobody_listens, Asking) {
  stop_serving();
  BOOST_TEST(ask() == "unreachable");
}

BOOST_FIXTURE_TEST_CASE(cancelled_it_says_nothing, Rotating) {
  // While credentials are on their way.
  start();
  call->cancel();
  BOOST_TEST(!call->running());
  turn(20);
  BOOST_TEST(asked() == 0U);
  // While the service thinks.
  expect("POST", say_nothing);
  start();
  BOOST_REQUIRE(comes(1));
  call->cancel();
  pass(60s);
  BOOST_TEST(!said.has_value());
  // Between two tries.
  expect("POST", refusal("ExpiredToken"));
  const int before = given;
  start();
  BOOST_REQUIRE(run_until([this, before] { return given > before; }));
  call->cancel();
  turn(20);
  BOOST_TEST(asked() == 2U);
  BOOST_TEST(!said.has_value());
  expect("POST", answer(recorded::secret));
  BOOST_TEST(ask() == "done");
}

BOOST_FIXTURE_TEST_CASE(it_may_be_destroyed_when_it_is_done, Asking) {
  const auto in_region = [this](const std::string& region, const std::optional<ApiAnswer>& given) {
    bool done = false;
    std::optional<Call> own;
    own.emplace(*session, region, reader, [&own, &done](const std::optional<Failure>&) noexcept {
      own.reset();
      done = true;
    });
    if (given) {
      expect("POST", *given);
    }
    reader.restart();
    own->start(describe_secret("a"));
    BOOST_REQUIRE(run_until([&done] { return done; }));
  };
  in_region("eu-west-1", answer(recorded::secret));
  in_region("eu-west-1", refusal("AccessDenied"));
  in_region("no region", std::nullopt);
}

BOOST_FIXTURE_TEST_CASE(it_may_be_started_again_when_it_is_done, Asking) {
  int done = 0;
  std::optional<Call> own;
  own.emplace(*session, "eu-west-1", reader,
              [this, &own, &done](const std::optional<Failure>&) noexcept {
                if (++done < 3) {
                  reader.restart();
                  own->start(describe_secret("a"));
                }
              });
  expect("POST", answer(recorded::secret));
  expect("POST", refusal("AccessDenied"));
  expect("POST", answer(recorded::secret));
  own->start(describe_secret("a"));
  BOOST_REQUIRE(run_until([&done] { return done == 3; }));
}

BOOST_FIXTURE_TEST_CASE(two_connections_at_most, Asking) {
  std::vector<std::unique_ptr<Call>> calls;
  std::vector<SecretReader> readers(5);
  int done = 0;
  for (auto& each : readers) {
    expect("POST", answer(recorded::secret));
    calls.push_back(std::make_unique<Call>(
        *session, "eu-west-1", each, [&done](const std::optional<Failure>&) noexcept { ++done; }));
    calls.back()->start(describe_secret("a"));
  }
  BOOST_REQUIRE(run_until([&done] { return done == 5; }));
  BOOST_TEST(server.connections().size() == 2U);
}

BOOST_AUTO_TEST_SUITE_END()
