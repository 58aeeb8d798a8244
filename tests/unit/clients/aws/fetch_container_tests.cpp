#include "clients/aws/fetch_container.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <vector>

#include "unit/clients/aws/fetch_fixture.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

class ContainerFixture : public FetchFixture {
 public:
  void begin() {
    fetch = fetch_container(loop(), account, container, CredentialPlace::container, taking());
  }
  void serve(ScriptedServer::Script script) {
    server.emplace(loop(), std::move(script));
    container.url = server->url() + "/v1/credentials?a=b";
  }
  void serve(const std::string& answer) {
    serve([answer](ScriptedServer::Connection& connection) {
      std::string request;
      while (connection.take_request(request)) {
        connection.send(answer);
      }
    });
  }
  /// Answers the first requests with these, and each further one with the last.
  void serve(std::vector<std::string> answers) {
    serve([this, answers = std::move(answers)](ScriptedServer::Connection& connection) {
      std::string request;
      while (connection.take_request(request)) {
        connection.send(answers[std::min(server->requests().size(), answers.size()) - 1]);
      }
    });
  }

  /// It has been asked that often, and the answer has come.
  void answered(std::size_t times) {
    BOOST_REQUIRE(run_until([this, times] { return server->requests().size() == times; }));
    turn(50);
  }

  std::optional<ScriptedServer> server;
  Container container;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_container_tests)

BOOST_FIXTURE_TEST_CASE(the_token_goes_as_it_is_into_the_header, ContainerFixture) {
  serve(reply(metadata("AKID")));
  container.token = secret_of("Basic abc");
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
  const std::string& request = server->requests().at(0);
  BOOST_TEST(request.starts_with("GET /v1/credentials?a=b HTTP/1.1\r\n"));
  BOOST_TEST(request.find("\r\nAuthorization: Basic abc\r\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(without_a_token_there_is_no_header, ContainerFixture) {
  serve(reply(metadata("AKID")));
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
  BOOST_TEST(server->requests().at(0).find("Authorization") == std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_token_file_is_read_each_time, ContainerFixture) {
  serve(reply(metadata("AKID")));
  container.token_file = scratch.write("token", "first\n");
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
  scratch.write("token", "second");
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
  BOOST_TEST(server->requests().at(0).find("\r\nAuthorization: first\r\n") != std::string::npos);
  BOOST_TEST(server->requests().at(1).find("\r\nAuthorization: second\r\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(without_its_token_file_nothing_is_asked, ContainerFixture) {
  serve(reply(metadata("AKID")));
  container.token_file = scratch / "token";
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  BOOST_TEST(failure().subject == scratch / "token");
  scratch.write("token", "two words");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::file_wrong);
  BOOST_TEST(server->requests().empty());
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_busy_is_asked_three_times_a_second_apart,
                        ContainerFixture) {
  serve({reply("", "", "429 Busy"), reply("", "", "503 Busy"), reply(metadata("AKID"))});
  begin();
  for (std::size_t tries = 1; tries < 3; ++tries) {
    answered(tries);
    pass(999ms);
    turn(50);
    BOOST_TEST(server->requests().size() == tries, "not at once");
    pass(1ms);
  }
  BOOST_TEST(run() == "AKID/secret/token");
}

BOOST_FIXTURE_TEST_CASE(after_the_third_time_it_is_refused, ContainerFixture) {
  serve(reply("canary", "", "500 Down"));
  begin();
  answered(1);
  pass(1s);
  answered(2);
  pass(1s);
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().status == 500U);
  BOOST_TEST(failure().subject == server->server());
  BOOST_TEST(server->requests().size() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_refusal_is_final, ContainerFixture) {
  serve(reply("{\"message\":\"canary\"}", "", "403 No"));
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().status == 403U);
  BOOST_TEST(server->requests().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(what_comes_back_may_be_anything, ContainerFixture) {
  for (const std::string& body : {std::string(), std::string("canary"), std::string("{}"),
                                  std::string(70'000, ' ') + metadata("AKID")}) {
    serve(reply(body));
    begin();
    BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
    BOOST_TEST(failure().subject == server->server());
  }
}

BOOST_FIXTURE_TEST_CASE(a_server_that_is_silent_or_away_is_said, ContainerFixture) {
  serve([](ScriptedServer::Connection& connection) {
    std::string request;
    static_cast<void>(connection.take_request(request));
  });
  begin();
  BOOST_REQUIRE(run_until([this] { return server->requests().size() == 1; }));
  pass(4999ms);
  BOOST_TEST(!result.has_value());
  pass(1ms);
  BOOST_TEST(trouble() == CredentialTrouble::timed_out);
  server->stop_listening();
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::unreachable);
}

BOOST_FIXTURE_TEST_CASE(a_proxy_is_passed_by, ContainerFixture) {
  serve(reply(metadata("AKID")));
  account.proxy.http_proxy = "http://127.0.0.1:1";
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
}

BOOST_FIXTURE_TEST_CASE(an_attempt_that_is_dropped_is_told_nothing, ContainerFixture) {
  serve(reply(metadata("AKID")));
  begin();
  fetch.reset();
  turn(20);
  BOOST_TEST(!result.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
