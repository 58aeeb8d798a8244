#include "clients/aws/fetch_sign_in.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "unit/clients/aws/fetch_fixture.hpp"

using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

class SignInFixture : public FetchFixture {
 public:
  SignInFixture() {
    account.endpoints.sso = server.url();
    sign_in = {.cache_file = scratch / "cache.json",
               .region = "eu-west-1",
               .account_id = "123456789012",
               .role_name = "a+b c"};
    keep("2026-11-23T13:00:00Z");
  }

  void keep(const std::string& expires, const std::string& token = "to.ken") const {
    scratch.write("cache.json",
                  R"({"accessToken":")" + token + R"(","expiresAt":")" + expires + "\"}");
  }
  void begin() {
    fetch = fetch_sign_in(loop(), account, sign_in, CredentialPlace::profile, taking());
  }

  std::string answer = reply(R"({"roleCredentials":{"accessKeyId":"AKID","secretAccessKey":"s",)"
                             R"("sessionToken":"t","expiration":1795446000000}})");
  ScriptedServer server{loop(), [this](ScriptedServer::Connection& connection) {
                          std::string request;
                          while (connection.take_request(request)) {
                            connection.send(answer);
                          }
                        }};
  SingleSignOn sign_in;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_sign_in_tests)

BOOST_FIXTURE_TEST_CASE(the_kept_token_is_exchanged, SignInFixture) {
  begin();
  BOOST_TEST(run() == "AKID/s/t");
  const std::string& request = server.requests().at(0);
  BOOST_TEST(
      request.starts_with("GET /federation/credentials?role_name=a%2Bb%20c&account_id="
                          "123456789012 HTTP/1.1\r\n"));
  BOOST_TEST(request.find("\r\nx-amz-sso_bearer_token: to.ken\r\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(the_token_is_read_each_time, SignInFixture) {
  begin();
  BOOST_TEST(run() == "AKID/s/t");
  keep("2026-11-23T13:00:00Z", "new");
  begin();
  BOOST_TEST(run() == "AKID/s/t");
  BOOST_TEST(server.requests().at(1).find("_token: new\r\n") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_sign_in_that_is_over_is_not_tried, SignInFixture) {
  keep("2026-11-23T12:00:00Z");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::expired);
  BOOST_TEST(failure().subject == sign_in.cache_file);
  BOOST_TEST(server.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(where_nobody_signed_in_there_is_no_file, SignInFixture) {
  sign_in.cache_file = scratch / "none.json";
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  scratch.write("none.json", "canary");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::file_wrong);
  BOOST_TEST(failure().subject == sign_in.cache_file);
}

BOOST_FIXTURE_TEST_CASE(the_portal_may_refuse_the_token_or_the_role, SignInFixture) {
  answer = reply("{}", "", "401 Unauthorized");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::expired);
  BOOST_TEST(failure().subject == sign_in.cache_file);
  answer = reply("{}", "", "403 Forbidden");
  begin();
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().subject == server.server());
  BOOST_TEST(failure().status == 403U);
}

BOOST_AUTO_TEST_SUITE_END()
