#include "detect/aws/aws.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"
#include "fake_aws.hpp"
#include "support/loop_fixture.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using model::EventKind;
using model::Presence;
using model::RequiredSight;
using Mood = FakeAws::Region::Mood;

constexpr Pace secrets_pace{.quick = 15s, .steady = 5min, .count = 5, .per = 1s};
constexpr Pace parameters_pace{.quick = 30s, .steady = 5min, .count = 1, .per = 2s};

const std::string home = "eu-west-1";
const std::string away = "us-east-1";

/// An account with time that passes when the test says so, and an inventory.
struct Fixture : support::ManualLoopFixture, Inventoried {
  Fixture() {
    auto key = secret::SecretBuffer::with_capacity(8);
    BOOST_REQUIRE(key.has_value());
    BOOST_REQUIRE(key->append("unsecret").has_value());
    aws::EnvironmentKeys keys{{.access_key_id = "AKID", .secret_access_key = *std::move(key)}};
    account.sources.push_back({.kind = std::move(keys)});
    account.endpoints.all = api.url();
    account.region = home;
  }

  void watch(model::Locator locator) { require(std::move(locator)); }
  void start(RequiredSight sight = RequiredSight::none) {
    auto made = aws::Session::make(loop(), account, 0, nullptr);
    BOOST_REQUIRE(made.has_value());
    session = *std::move(made);
    source.emplace(loop(), *session,
                   Aws::Options{.required_sight = sight,
                                .secrets_manager = secrets_pace,
                                .parameter_store = parameters_pace});
    for (const model::Requirement& requirement : requirements) {
      source->watch(requirement, inventory.track(requirement, clock.now()));
    }
    source->start();
    settle();
  }
  /// Until nothing more is asked or said without time passing.
  void settle() {
    std::size_t before = api.asked.size();
    for (int quiet = 0; quiet < 30; ++quiet) {
      turn();
      if (std::exchange(before, api.asked.size()) != api.asked.size()) {
        quiet = 0;
      }
    }
  }
  void pass(std::chrono::milliseconds time, std::chrono::milliseconds step = 500ms) {
    for (; time > 0ms; time -= step) {
      clock.advance(std::min(time, step));
      settle();
      inventory.advance(clock.now());
    }
  }
  std::map<std::string, FakeAws::Secret>& secrets(const std::string& region = home) {
    return api.regions[region].secrets;
  }
  std::map<std::string, FakeAws::Parameter>& parameters(const std::string& region = home) {
    return api.regions[region].parameters;
  }

  FakeAws api{loop(), clock};
  aws::Account account;
  std::unique_ptr<aws::Session> session;
  std::optional<Aws> source;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(aws_tests, Fixture)

BOOST_AUTO_TEST_CASE(each_presence_in_secrets_manager) {
  secrets() = {
      {"there", {}}, {"empty", {.holds_value = false}}, {"going", {.pending_deletion = true}}};
  for (const char* const name : {"there", "empty", "going", "missing"}) {
    watch(a_secret(name));
  }
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::empty));
  BOOST_TEST((presence(2) == Presence::pending_deletion));
  BOOST_TEST((presence(3) == Presence::missing));
  BOOST_TEST((standing().sight.level == model::SightLevel::wire));
}

BOOST_AUTO_TEST_CASE(each_presence_in_parameter_store_in_one_request) {
  parameters() = {{"/there", {}}, {"/other", {.type = "String"}}};
  for (const char* const name : {"/there", "/other", "/missing"}) {
    watch(a_parameter(name));
  }
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::wrong_type));
  BOOST_TEST((presence(2) == Presence::missing));
  BOOST_TEST(api.count("DescribeParameters") == 1);
}

BOOST_AUTO_TEST_CASE(names_arns_and_partial_arns_in_their_regions) {
  const std::string arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:";
  secrets(away)["db"] = {};
  secrets(home)["db-replica"] = {};
  watch(a_secret(arn + "db"));
  watch(a_secret(arn + "db-AbCdEf"));
  watch(a_secret("db", away));
  watch(a_secret("db-replica", ""));
  watch(a_secret("db", ""));
  start();
  for (const std::size_t each : {0U, 1U, 2U, 3U}) {
    BOOST_TEST((presence(each) == Presence::present));
  }
  BOOST_TEST((presence(4) == Presence::missing));
  pass(1s);
  BOOST_TEST(detail<model::AwsMissing>(4)->near_region == away);
}

BOOST_AUTO_TEST_CASE(a_rotation_is_told_and_anything_else_is_not) {
  secrets()["db"] = {};
  parameters()["/db"] = {};
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  start();
  pass(20min, 5s);
  BOOST_TEST(recorder.events.empty());
  secrets()["db"].version = "v2";
  pass(6min + 5s, 5s);
  parameters()["/db"].version = 2;
  pass(6min + 5s, 5s);
  BOOST_TEST((recorder.events == std::vector{EventKind::rotated, EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(what_is_denied_says_which_action) {
  api.denied = {"DescribeSecret", "DescribeParameters"};
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  start();
  BOOST_TEST(detail<model::ActionDenied>(0)->action == "secretsmanager:DescribeSecret");
  BOOST_TEST(detail<model::ActionDenied>(1)->action == "ssm:DescribeParameters");
}

BOOST_AUTO_TEST_CASE(one_region_that_fails_holds_up_no_other) {
  for (const Mood mood : {Mood::resets, Mood::silent, Mood::throttles}) {
    Fixture own;
    own.secrets(home)["db"] = {};
    own.api.regions[away].mood = mood;
    own.watch(a_secret("db", home));
    own.watch(a_secret("db", away));
    own.start();
    BOOST_TEST((own.presence(0) == Presence::present));
    own.pass(90s);
    BOOST_TEST((own.presence(1) == Presence::unreachable));
    BOOST_TEST(!own.standing(0).stale);
    BOOST_TEST(own.detail<model::ServiceFailed>(1).has_value());
    own.secrets(away)["db"] = {};
    own.api.regions[away].mood = Mood::well;
    own.pass(75s);
    BOOST_TEST((own.presence(1) == Presence::present));
  }
}

BOOST_AUTO_TEST_CASE(where_nothing_says_a_region_that_is_said) {
  account.region.clear();
  watch(a_secret("db", ""));
  start();
  BOOST_TEST(api.asked.empty());
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST(detail<model::RegionMissing>().has_value());
}

BOOST_AUTO_TEST_CASE(without_credentials_the_chain_is_told) {
  account.sources.clear();
  account.sources.push_back(
      {.kind = aws::Container{.url = "http://127.0.0.1:9/x", .token_file = {}}});
  watch(a_secret("db"));
  start();
  pass(90s);
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_REQUIRE(detail<model::CredentialsMissing>().has_value());
  BOOST_TEST(!detail<model::CredentialsMissing>()->failures.empty());
  BOOST_TEST(api.asked.empty());
}

BOOST_AUTO_TEST_CASE(a_thousand_of_each_are_thirty_requests_once_they_are_known) {
  for (int each = 0; each < 1000; ++each) {
    secrets()["app/" + std::to_string(each)] = {};
    parameters()["/app/" + std::to_string(each)] = {};
    watch(a_secret("app/" + std::to_string(each)));
    watch(a_parameter("/app/" + std::to_string(each)));
  }
  start();
  pass(15min, 1s);
  BOOST_TEST(count(Presence::present) == 2000);
  api.asked.clear();
  pass(60min, 10s);
  const std::size_t requests = api.count("ListSecrets") + api.count("DescribeParameters");
  BOOST_TEST(requests == api.asked.size());
  BOOST_TEST(api.count("ListSecrets") >= 10 * 10);
  BOOST_TEST(api.count("ListSecrets") <= 10 * 15);
}

BOOST_AUTO_TEST_CASE(where_sight_is_refused_nothing_is_asked_until_it_is_good_enough) {
  secrets()["db"] = {};
  parameters()["/db"] = {};
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  watch(a_secret("db", ""));
  start(RequiredSight::enforced);
  pass(5min, 5s);
  BOOST_TEST(api.asked.empty());
  BOOST_TEST(detail<model::SightRefused>(0).has_value());
  BOOST_TEST(detail<model::SightRefused>(1).has_value());
  source->set_sight({model::SightLevel::iam, {}, {}});
  pass(1s);
  BOOST_TEST(count(Presence::present) == 3);
  BOOST_TEST((standing(1).sight.level == model::SightLevel::iam));
}

BOOST_AUTO_TEST_CASE(looking_again_asks_at_once) {
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  start();
  secrets()["db"] = {};
  parameters()["/db"] = {};
  pass(5s);
  source->look_again();
  pass(3s);
  BOOST_TEST(count(Presence::present) == 2);
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_what_has_not_come_back_has_failed) {
  api.regions[home].mood = Mood::silent;
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  start();
  source->give_up();
  inventory.conclude(clock.now());
  BOOST_TEST(count(Presence::unreachable) == 2);
  const std::size_t asked = api.asked.size();
  pass(5min, 5s);
  BOOST_TEST(api.asked.size() == asked);
}

BOOST_AUTO_TEST_CASE(it_may_be_destroyed_while_it_asks) {
  api.regions[home].mood = Mood::silent;
  watch(a_secret("db"));
  watch(a_parameter("/db"));
  start();
  BOOST_TEST(api.asked.size() == 2);
  source.reset();
  pass(1min);
  BOOST_TEST(recorder.presences.empty());
}

BOOST_AUTO_TEST_SUITE_END()
