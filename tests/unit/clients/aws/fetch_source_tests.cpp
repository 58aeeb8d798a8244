#include "clients/aws/fetch_source.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "unit/clients/aws/fetch_fixture.hpp"
#include "unit/clients/aws/sts_replies.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

constexpr const char* xml = "Content-Type: text/xml\r\n";
constexpr const char* role_arn = "arn:aws:iam::123456789012:role/agent";

/// An STS that answers each request with the next of `answers`, and the last
/// one again and again.
class SourceFixture : public FetchFixture {
 public:
  SourceFixture() {
    account.region = "eu-west-1";
    account.endpoints.sts = sts.url();
    answers = {reply(sts_replies::assume_role, xml)};
  }

  void begin(Source of, CredentialPlace place = CredentialPlace::profile, bool again = false) {
    fetch.reset();
    source = std::move(of);
    fetch = fetch_source(
        {.loop = loop(), .account = account, .helper = nullptr, .place = place, .again = again},
        source, taking());
  }

  static Source keys(const std::string& id) {
    return {ProfileKeys{.credentials = {.access_key_id = id, .secret_access_key = secret_of("s")},
                        .profile = "base",
                        .file = "/none"}};
  }

  static Source role(Source source) {
    return {AssumedRole{.role_arn = role_arn,
                        .external_id = "e-id",
                        .session_name = "blindfold",
                        .duration = 900s,
                        .source = std::make_unique<Source>(std::move(source))}};
  }

  Source source;
  std::vector<std::string> answers;
  ScriptedServer sts{loop(), [this](ScriptedServer::Connection& connection) {
                       std::string request;
                       while (connection.take_request(request)) {
                         const std::size_t count = sts.requests().size();
                         connection.send(answers[std::min(count, answers.size()) - 1]);
                       }
                     }};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(fetch_source_tests)

BOOST_FIXTURE_TEST_CASE(a_web_identitys_token_is_read_each_time, SourceFixture) {
  answers = {reply(sts_replies::web_identity, xml)};
  const WebIdentity identity{.token_file = scratch.write("token", "first\n"),
                             .role_arn = role_arn,
                             .session_name = "blindfold"};
  begin({identity}, CredentialPlace::web_identity);
  BOOST_TEST(run() == "ASIAEXAMPLE/hunter2/s3cret+/hunter2/t0ken+&==");
  scratch.write("token", "second");
  begin({identity}, CredentialPlace::web_identity);
  BOOST_TEST(run().starts_with("ASIAEXAMPLE/"));
  BOOST_TEST(sts.requests().at(0).find("WebIdentityToken=first") != std::string::npos);
  BOOST_TEST(sts.requests().at(1).find("WebIdentityToken=second") != std::string::npos);
  std::filesystem::remove(scratch / "token");
  begin({identity}, CredentialPlace::web_identity);
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  BOOST_CHECK(failure().place == CredentialPlace::web_identity);
  BOOST_TEST(failure().subject == scratch / "token");
  BOOST_TEST(sts.requests().size() == 2U);
}

BOOST_FIXTURE_TEST_CASE(a_role_is_asked_for_with_its_sources_credentials, SourceFixture) {
  begin(role(keys("AKIDBASE")));
  BOOST_TEST(run().starts_with("ASIAEXAMPLE/"));
  const std::string& request = sts.requests().at(0);
  BOOST_TEST(request.find("Credential=AKIDBASE/") != std::string::npos);
  BOOST_TEST(request.find("ExternalId=e-id") != std::string::npos);
  BOOST_TEST(request.find("DurationSeconds=900") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_role_of_a_role_is_asked_for_second, SourceFixture) {
  begin(role(role(keys("AKIDBASE"))));
  BOOST_TEST(run().starts_with("ASIAEXAMPLE/"));
  BOOST_REQUIRE(sts.requests().size() == 2U);
  BOOST_TEST(sts.requests()[0].find("Credential=AKIDBASE/") != std::string::npos);
  BOOST_TEST(sts.requests()[1].find("Credential=ASIAEXAMPLE/") != std::string::npos);
  BOOST_TEST(sts.requests()[1].find("hunter2/t0ken") != std::string::npos, "its session's token");
}

BOOST_FIXTURE_TEST_CASE(what_a_roles_source_lacks_is_said_of_the_profile, SourceFixture) {
  begin(role(Source{WebIdentity{
      .token_file = scratch / "token", .role_arn = role_arn, .session_name = "blindfold"}}));
  BOOST_TEST(trouble() == CredentialTrouble::file_missing);
  BOOST_CHECK(failure().place == CredentialPlace::profile);
  BOOST_TEST(sts.requests().empty());
}

BOOST_FIXTURE_TEST_CASE(a_role_that_is_refused_is_said_by_its_name, SourceFixture) {
  answers = {reply(sts_replies::refusal, xml, "403 Forbidden")};
  begin(role(keys("AKIDBASE")));
  BOOST_TEST(trouble() == CredentialTrouble::refused);
  BOOST_TEST(failure().subject == role_arn);
  BOOST_TEST(failure().status == 403U);
}

BOOST_FIXTURE_TEST_CASE(an_attempt_may_end_at_any_step, SourceFixture) {
  begin(role(role(keys("AKIDBASE"))));
  fetch.reset();
  turn(20);
  for (std::size_t steps = 1; steps < 3; ++steps) {
    const std::size_t before = sts.requests().size();
    begin(role(role(keys("AKIDBASE"))));
    BOOST_REQUIRE(run_until([&] { return sts.requests().size() == before + steps; }));
    fetch.reset();
    turn(20);
  }
  BOOST_TEST(!result.has_value());
}

BOOST_FIXTURE_TEST_CASE(what_has_expired_on_arrival_is_a_failure, SourceFixture) {
  const ScriptedServer agent(loop(), reply(metadata("AKID", "2026-11-23T12:00:00Z")));
  begin({Container{.url = agent.url() + "/x", .token_file = {}}}, CredentialPlace::container);
  BOOST_TEST(trouble() == CredentialTrouble::expired);
  BOOST_TEST(failure().subject == agent.server());
  EnvironmentKeys kept{{.access_key_id = "A", .secret_access_key = secret_of("s")}};
  kept.credentials.expires = clock.now().system;
  begin({std::move(kept)}, CredentialPlace::environment);
  BOOST_TEST(trouble() == CredentialTrouble::expired);
  BOOST_TEST(failure().subject == "AWS_CREDENTIAL_EXPIRATION");
}

BOOST_AUTO_TEST_SUITE_END()
