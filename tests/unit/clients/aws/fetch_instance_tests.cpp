#include "clients/aws/fetch_instance.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "unit/clients/aws/fetch_fixture.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

/// A metadata service that wants its token, each of whose answers a test may
/// replace; an empty one is none at all.
class InstanceFixture : public FetchFixture {
 public:
  InstanceFixture()
      : server(loop(), [this](ScriptedServer::Connection& connection) { answer(connection); }) {
    instance.endpoint = server.url();
  }

  void begin() {
    fetch = fetch_instance(loop(), account, instance, CredentialPlace::instance, taking());
  }

  void answer(ScriptedServer::Connection& connection) const {
    std::string request;
    while (connection.take_request(request)) {
      if (request.starts_with("PUT /latest/api/token ") &&
          request.find("\r\nX-aws-ec2-metadata-token-ttl-seconds: 21600\r\n") !=
              std::string::npos) {
        connection.send(token);
      } else if (request.find("\r\nX-aws-ec2-metadata-token: the-token==\r\n") ==
                 std::string::npos) {
        connection.send(reply("", "", "401 Unauthorized"));
      } else if (request.starts_with("GET /latest/meta-data/iam/security-credentials/ ")) {
        connection.send(role);
      } else if (request.starts_with("GET /latest/meta-data/iam/security-credentials/a-role ")) {
        connection.send(credentials);
      } else {
        connection.send(reply("", "", "404 Not Found"));
      }
    }
  }

  [[nodiscard]] std::size_t asked() const { return server.requests().size(); }
  /// It has been asked that often, and the answer has come.
  void answered(std::size_t times) {
    BOOST_REQUIRE(run_until([this, times] { return asked() == times; }));
    turn(50);
  }

  std::string token = reply("the-token==");
  std::string role = reply("a-role\n");
  std::string credentials = reply(metadata("AKID"));
  ScriptedServer server;
  Instance instance;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_instance_tests)

BOOST_FIXTURE_TEST_CASE(a_token_then_the_role_then_its_credentials, InstanceFixture) {
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
  BOOST_TEST(asked() == 3U);
  BOOST_TEST(server.connections().size() == 1U);
}

BOOST_FIXTURE_TEST_CASE(version_one_is_never_asked, InstanceFixture) {
  for (const char* const status : {"403 Forbidden", "404 Not Found", "405 Method Not Allowed"}) {
    const std::size_t before = asked();
    token = reply("", "", status);
    begin();
    BOOST_TEST(trouble() == CredentialTrouble::refused);
    BOOST_TEST(failure().status == static_cast<unsigned>(std::stoi(status)));
    BOOST_TEST(failure().subject == server.server());
    BOOST_TEST(asked() == before + 1);
  }
}

BOOST_FIXTURE_TEST_CASE(each_try_lasts_a_second_and_there_are_three, InstanceFixture) {
  token.clear();
  begin();
  for (std::size_t tries = 1; tries <= 3; ++tries) {
    BOOST_REQUIRE(run_until([this, tries] { return asked() == tries; }));
    pass(999ms);
    BOOST_TEST(!result.has_value());
    BOOST_TEST(asked() == tries);
    pass(1ms);
  }
  BOOST_TEST(trouble() == CredentialTrouble::timed_out);
  BOOST_TEST(failure().subject == server.server());
  BOOST_TEST(asked() == 3U);
}

BOOST_FIXTURE_TEST_CASE(a_late_answer_is_enough, InstanceFixture) {
  token.clear();
  begin();
  BOOST_REQUIRE(run_until([this] { return asked() == 1; }));
  token = reply("the-token==");
  pass(1s);
  BOOST_TEST(run() == "AKID/secret/token");
}

BOOST_FIXTURE_TEST_CASE(a_step_that_is_busy_is_tried_again, InstanceFixture) {
  credentials = reply("", "", "503 Busy");
  begin();
  answered(3);
  pass(999ms);
  BOOST_TEST(asked() == 3U, "not at once");
  pass(1ms);
  answered(4);
  pass(1s);
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().status == 503U);
  BOOST_TEST(asked() == 5U);
}

BOOST_FIXTURE_TEST_CASE(where_nobody_listens_it_is_asked_once, InstanceFixture) {
  server.stop_listening();
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::unreachable);
}

BOOST_FIXTURE_TEST_CASE(without_a_role_there_are_no_credentials, InstanceFixture) {
  role = reply("", "", "404 Not Found");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().status == 404U);
  BOOST_TEST(asked() == 2U);
}

BOOST_FIXTURE_TEST_CASE(what_is_no_token_no_role_and_no_credentials_goes_nowhere, InstanceFixture) {
  for (const char* const bad : {"", "two words", "<html>\n</html>"}) {
    token = reply(bad);
    begin();
    BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
  }
  token = reply("the-token==");
  for (const char* const bad : {"", "\n", "../../x", "a?b", "<html>"}) {
    role = reply(bad);
    begin();
    BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
  }
  role = reply("a-role");
  for (const char* const bad :
       {"", "{}", R"({"Code":"AssumeRoleUnauthorizedAccess","LastUpdated":"x"})"}) {
    credentials = reply(bad);
    begin();
    BOOST_TEST(trouble() == CredentialTrouble::not_the_form);
  }
}

BOOST_FIXTURE_TEST_CASE(a_proxy_is_passed_by, InstanceFixture) {
  account.proxy.http_proxy = "http://127.0.0.1:1";
  begin();
  BOOST_TEST(run() == "AKID/secret/token");
}

BOOST_FIXTURE_TEST_CASE(an_attempt_that_is_dropped_is_told_nothing, InstanceFixture) {
  begin();
  BOOST_REQUIRE(run_until([this] { return asked() == 1; }));
  fetch.reset();
  turn(20);
  BOOST_TEST(!result.has_value());
}

BOOST_AUTO_TEST_SUITE_END()
