#include "doctor/aws/aws_trial.hpp"

#include <boost/test/unit_test.hpp>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "../../platform/http/scripted_server.hpp"
#include "aws_requirements.hpp"
#include "clients/account/file.hpp"
#include "support/loop_fixture.hpp"

using namespace blindfold;
using doctor::Reading;
using doctor::tests::in_parameter_store;
using doctor::tests::in_secrets_manager;
using http::test::ScriptedServer;
using model::SightLevel;
using model::SightReason;

namespace {

std::string reply(int status, const std::string& body, const std::string& more = {}) {
  return "HTTP/1.1 " + std::to_string(status) +
         " x\r\nContent-Type: application/x-amz-json-1.1\r\n" + more +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

const std::string denied = reply(400, R"({"__type":"AccessDeniedException","message":"no"})");
const std::string not_found = reply(400, R"({"__type":"ResourceNotFoundException"})");

/// Both services, on the test's loop, which answer by operation.
struct Fixture : support::ManualLoopFixture {
  Fixture() : server(loop(), [this](ScriptedServer::Connection& at) { serve(at); }) {
    aws::EnvironmentKeys keys{
        .credentials = {.access_key_id = "AKIDEXAMPLE",
                        .secret_access_key = account::copied("a key of the test's").value()}};
    account.sources.push_back(aws::Source{std::move(keys)});
    account.region = "eu-west-1";
    account.endpoints.all = server.url();
    session = aws::Session::make(loop(), account, 0, nullptr).value();
  }

  void serve(ScriptedServer::Connection& at) {
    std::string request;
    while (at.take_request(request)) {
      const std::size_t target = request.find("X-Amz-Target: ") + 14;
      const std::string name = request.substr(target, request.find('\r', target) - target);
      const std::string operation = name.substr(name.find('.') + 1);
      ++asked[operation];
      bodies += request.substr(request.find("\r\n\r\n") + 4) + "\n";
      const auto found = replies.find(operation);
      at.send(found == replies.end() ? denied : found->second);
    }
  }

  void begin(std::vector<model::Requirement> of,
             base::Duration timeout = std::chrono::seconds(60)) {
    requirements = std::move(of);
    trial = std::make_unique<doctor::AwsTrial>(loop(), *session, requirements,
                                               [this](const model::Sight& told) noexcept {
                                                 sight = told;
                                                 ++times;
                                               });
    trial->start(timeout);
  }

  model::Sight result(std::vector<model::Requirement> of) {
    begin(std::move(of));
    BOOST_TEST(run_until([this] { return times > 0; }));
    return sight;
  }

  const doctor::AwsAttempt& attempt(std::string_view action) {
    for (const doctor::AwsAttempt& each : trial->attempts()) {
      if (each.action == action) {
        return each;
      }
    }
    BOOST_FAIL("not tried: " << action);
    return trial->attempts().front();
  }

  std::map<std::string, std::string> replies;
  std::map<std::string, int> asked;
  std::string bodies;
  ScriptedServer server;
  aws::Account account;
  std::unique_ptr<aws::Session> session;
  std::vector<model::Requirement> requirements;
  model::Sight sight;
  int times = 0;
  std::unique_ptr<doctor::AwsTrial> trial;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(aws_trial_tests, Fixture)

BOOST_AUTO_TEST_CASE(all_that_is_refused_is_proven) {
  BOOST_TEST((result({in_secrets_manager("prod/db"), in_parameter_store("/prod/smtp")}).level ==
              SightLevel::iam));
  BOOST_TEST((asked == std::map<std::string, int>{{"GetSecretValue", 1},
                                                  {"BatchGetSecretValue", 1},
                                                  {"GetParameter", 1},
                                                  {"GetParameters", 1},
                                                  {"GetParametersByPath", 2}}));
  for (const doctor::AwsAttempt& each : trial->attempts()) {
    BOOST_TEST((each.reading == Reading::refused), each.action);
  }
  turn(3);
  BOOST_TEST(times == 1);
}

BOOST_AUTO_TEST_CASE(no_such_version_means_that_it_may_be_read) {
  replies["GetSecretValue"] = not_found;
  BOOST_TEST(
      (result({in_secrets_manager("prod/db")}) ==
       model::Sight{SightLevel::none, SightReason::may_call, "secretsmanager:GetSecretValue"}));
}

BOOST_AUTO_TEST_CASE(an_answer_is_dropped_and_means_the_same) {
  replies["GetParameters"] = reply(200, R"({"Parameters":[{"Value":"hunter2"}]})");
  BOOST_TEST((result({in_parameter_store("flat")}) ==
              model::Sight{SightLevel::none, SightReason::may_call, "ssm:GetParameters"}));
  BOOST_TEST((attempt("ssm:GetParameter").reading == Reading::refused));
}

BOOST_AUTO_TEST_CASE(what_tells_neither_way_is_no_proof) {
  replies["GetParametersByPath"] = reply(500, "{}");
  BOOST_TEST((result({in_parameter_store("flat")}) ==
              model::Sight{SightLevel::wire, SightReason::not_proven, "ssm:GetParametersByPath"}));
  BOOST_TEST(attempt("ssm:GetParametersByPath").why.has_value());
}

BOOST_AUTO_TEST_CASE(what_is_throttled_is_tried_again_later) {
  replies["BatchGetSecretValue"] = reply(400, R"({"__type":"ThrottlingException"})");
  begin({in_secrets_manager("a")});
  BOOST_TEST(run_until([this] { return asked["BatchGetSecretValue"] == 1; }));
  BOOST_TEST(run_until([this] { return trial->attempts().front().why.has_value(); }));
  BOOST_TEST(times == 0);
  replies.clear();
  clock.advance(std::chrono::seconds(2));
  BOOST_TEST(run_until([this] { return times > 0; }));
  BOOST_TEST((sight.level == SightLevel::iam));
  BOOST_TEST(asked["BatchGetSecretValue"] == 2);
}

BOOST_AUTO_TEST_CASE(many_are_asked_no_faster_than_the_rate) {
  std::vector<model::Requirement> many;
  for (int i = 0; i < 40; ++i) {
    many.push_back(in_secrets_manager("s" + std::to_string(i)));
  }
  begin(many);
  BOOST_TEST((trial->usual_time() == std::chrono::milliseconds(30'000 + 41 * 100)));
  BOOST_TEST(run_until([this] { return asked["GetSecretValue"] >= 7; }));
  turn(20);
  BOOST_TEST(asked["GetSecretValue"] == 7);  // and one BatchGetSecretValue
  clock.advance(std::chrono::seconds(1));
  BOOST_TEST(run_until([this] { return asked["GetSecretValue"] >= 15; }));
  while (times == 0) {
    clock.advance(std::chrono::milliseconds(200));
    turn(5);
  }
  BOOST_TEST(asked["GetSecretValue"] == 40);
  BOOST_TEST((sight.level == SightLevel::iam));
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_the_rest_is_not_proven) {
  server.stop_listening();
  begin({in_secrets_manager("a")}, std::chrono::seconds(0));
  BOOST_TEST(times == 0);
  BOOST_TEST(run_until([this] { return times > 0; }));
  BOOST_TEST((sight.level == SightLevel::wire));
}

BOOST_AUTO_TEST_CASE(without_a_region_nothing_is_asked) {
  account.region.clear();
  session = aws::Session::make(loop(), account, 0, nullptr).value();
  BOOST_TEST((result({in_secrets_manager("a", "")}).level == SightLevel::wire));
  BOOST_TEST(asked.empty());
  BOOST_TEST((trial->attempts().front().why == model::Detail(model::RegionMissing{})));
}

BOOST_AUTO_TEST_CASE(it_ends_silently_when_destroyed) {
  begin({in_secrets_manager("a"), in_parameter_store("/b")});
  BOOST_TEST(run_until([this] { return !asked.empty(); }));
  trial.reset();
  turn(5);
  BOOST_TEST(times == 0);
}

BOOST_AUTO_TEST_CASE(it_may_be_destroyed_from_within_its_callback) {
  requirements = {in_secrets_manager("a")};
  bool told = false;
  trial = std::make_unique<doctor::AwsTrial>(loop(), *session, requirements,
                                             [this, &told](const model::Sight&) noexcept {
                                               trial.reset();
                                               told = true;
                                             });
  trial->start(std::chrono::seconds(60));
  BOOST_TEST(run_until([&told] { return told; }));
}

BOOST_AUTO_TEST_SUITE_END()
