#include "detect/aws/parameters_plan.hpp"

#include <boost/test/unit_test.hpp>

#include "simulated_parameters.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using aws::Refusal;
using model::Presence;

const std::string arn = "arn:aws:ssm:eu-west-1:123456789012:parameter";
const std::string other_arn = "arn:aws:ssm:eu-west-1:210987654321:parameter";

std::optional<aws::Failure> throttles() {
  return refused(Refusal::throttled);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(parameters_plan_tests, SimulatedParameters)

BOOST_AUTO_TEST_CASE(one_request_answers_for_fifty) {
  watch_many(50);
  put_many(49);
  start();
  BOOST_TEST(asked.size() == 1);
  BOOST_TEST(count(Presence::present) == 49);
  BOOST_TEST((presence(49) == Presence::missing));
}

BOOST_AUTO_TEST_CASE(a_thousand_are_twenty_requests_at_the_rate) {
  watch_many(1000);
  put_many(1000);
  start();
  pass(38s);
  BOOST_TEST(asked.size() == 20);
  BOOST_TEST(count(Presence::present) == 1000);
  asked.clear();
  pass(1h);
  BOOST_TEST(asked.size() >= 20 * 10);
  BOOST_TEST(asked.size() <= 20 * 16);
}

BOOST_AUTO_TEST_CASE(the_same_name_is_asked_for_once) {
  watch(a_parameter("/app/0"));
  watch(a_parameter("/app/0", "String"));
  watch(a_parameter(arn + "/app/0"));
  put_many(1);
  start();
  BOOST_TEST(asked.size() == 1);
  BOOST_TEST(asked[0].body.contains(R"("Values":["/app/0"])"));
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::wrong_type));
  BOOST_TEST((presence(2) == Presence::present));
}

BOOST_AUTO_TEST_CASE(empty_pages_are_followed_and_nothing_is_missing_before_the_last) {
  page = 10;
  put_many(95, "/a/");
  put_many(1);
  watch_many(2);
  start();
  BOOST_TEST((presence(0) == Presence::unknown));
  pass(16s);
  BOOST_TEST((presence(1) == Presence::unknown));
  pass(2s);
  BOOST_TEST(asked.size() == 10);
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::missing));
}

BOOST_AUTO_TEST_CASE(pages_are_not_followed_once_everything_was_found) {
  page = 1;
  put_many(3);
  put_many(50, "/z/");
  watch_many(3);
  start();
  pass(5s);
  BOOST_TEST(asked.size() == 3);
  BOOST_TEST(count(Presence::present) == 3);
}

BOOST_AUTO_TEST_CASE(pages_without_end_are_bounded) {
  endless = true;
  watch_many(1);
  start();
  pass(199s);
  BOOST_TEST(asked.size() == ParameterPass::most_pages);
  BOOST_TEST((presence() == Presence::unknown));
  inventory.conclude(clock.now());
  BOOST_TEST((presence() == Presence::unreachable));
  const model::TooManyPages pages{"ssm:DescribeParameters", 100};
  BOOST_TEST((detail<model::TooManyPages>() == pages));
}

BOOST_AUTO_TEST_CASE(one_that_comes_changes_and_goes_is_seen) {
  watch_many(1);
  start();
  BOOST_TEST((presence() == Presence::missing));
  put_many(1);
  pass(40s);
  BOOST_TEST((presence() == Presence::present));
  parameters["/app/0"].version = 2;
  pass(7min);
  parameters["/app/0"] = {.version = 1, .modified = "1800000000.1"};
  pass(7min);
  parameters["/app/0"].version = 1;
  pass(7min);
  parameters["/app/0"].type = "String";
  pass(7min);
  BOOST_TEST((presence() == Presence::wrong_type));
  using model::EventKind;
  BOOST_TEST((recorder.events == std::vector{EventKind::appeared, EventKind::rotated,
                                             EventKind::rotated, EventKind::disappeared}));
}

BOOST_AUTO_TEST_CASE(a_missing_answer_after_a_present_one_is_confirmed_two_seconds_later) {
  watch_many(1);
  put_many(1);
  start();
  parameters.clear();
  asked.clear();
  while (asked.empty()) {
    pass(1s);
  }
  BOOST_TEST((presence() == Presence::present));
  pass(3s);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((asked.at(1).at - asked.at(0).at >= 2s));
}

BOOST_AUTO_TEST_CASE(however_wide_the_rate_is_a_missing_answer_is_confirmed_two_seconds_later) {
  SimulatedParameters wide({.quick = 30s, .steady = 5min, .count = 1000, .per = 1s});
  wide.watch_many(1);
  wide.put_many(1);
  wide.start();
  wide.parameters.clear();
  wide.asked.clear();
  wide.pass(6min + 5s);
  BOOST_TEST((wide.presence() == Presence::missing));
  BOOST_TEST((wide.asked.at(1).at - wide.asked.at(0).at == 2s));
}

BOOST_AUTO_TEST_CASE(one_wrong_answer_takes_no_checkmark_away) {
  watch_many(1);
  put_many(1);
  start();
  parameters.clear();
  asked.clear();
  while (asked.empty()) {
    pass(1s);
  }
  put_many(1);
  pass(10s);
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(recorder.presences.size() == 1);
}

BOOST_AUTO_TEST_CASE(a_parameter_by_arn_is_of_that_account) {
  put_many(2);
  watch(a_parameter(arn + "/app/0"));
  watch(a_parameter(other_arn + "/app/1"));
  start();
  BOOST_TEST((presence(0) == Presence::present));
  BOOST_TEST((presence(1) == Presence::denied));
  const model::ActionDenied denied{"ssm:DescribeParameters", "eu-west-1", other_arn + "/app/1"};
  BOOST_TEST((detail<model::ActionDenied>(1) == denied));
}

BOOST_AUTO_TEST_CASE(denied_is_said_of_all) {
  watch_many(60);
  trouble = [] { return refused(Refusal::access_denied); };
  start();
  pass(3s);
  BOOST_TEST(count(Presence::denied) == 60);
  const model::ActionDenied denied{"ssm:DescribeParameters", "eu-west-1", {}};
  BOOST_TEST((detail<model::ActionDenied>(59) == denied));
}

BOOST_AUTO_TEST_CASE(while_it_throttles_everything_waits_and_says_so) {
  watch_many(500);
  put_many(500);
  trouble = throttles;
  start();
  pass(5min);
  BOOST_TEST(count(Presence::unreachable) == 500);
  BOOST_TEST((detail<model::ServiceFailed>(499)->trouble == model::ApiTrouble::throttled));
  BOOST_TEST(asked.size() < 40);
  trouble = [] { return std::nullopt; };
  pass(90s);
  BOOST_TEST(count(Presence::present) == 500);
}

BOOST_AUTO_TEST_CASE(after_trouble_a_pass_goes_on_where_it_was) {
  page = 10;
  put_many(60, "/a/");
  put_many(1);
  watch_many(1);
  start();
  pass(4s);
  trouble = throttles;
  pass(2s);
  trouble = [] { return std::nullopt; };
  asked.clear();
  pass(5min);
  BOOST_TEST(asked.at(0).body.contains("NextToken"));
  BOOST_TEST((presence() == Presence::present));
}

// A page's token may expire.
BOOST_AUTO_TEST_CASE(a_pass_that_is_refused_begins_anew_later) {
  page = 10;
  put_many(60, "/a/");
  put_many(1);
  watch_many(1);
  start();
  pass(4s);
  trouble = [] { return refused(Refusal::invalid_request); };
  pass(2s);
  trouble = [] { return std::nullopt; };
  asked.clear();
  pass(2min);
  BOOST_TEST(!asked.at(0).body.contains("NextToken"));
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(quick_questions_take_those_along_that_would_be_asked_next) {
  watch_many(100);
  put_many(99);
  start();
  pass(10s);
  asked.clear();
  pass(9min);
  // Those of the missing one alone: every 30 s, with jitter.
  BOOST_TEST(asked.size() <= 20);
  BOOST_TEST(count(Presence::present) == 99);
}

BOOST_AUTO_TEST_CASE(what_may_not_be_seen_this_way_is_not_asked_for_until_it_may) {
  put_many(1);
  watch(a_parameter("/app/0"), true, model::RequiredSight::enforced);
  start();
  pass(10min);
  BOOST_TEST(asked.empty());
  BOOST_TEST(detail<model::SightRefused>().has_value());
  plan.set_sight({model::SightLevel::iam, {}, {}}, clock.now());
  pass(1s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_what_was_asked_has_failed) {
  watch_many(60);
  plan.start(clock.now());
  BOOST_REQUIRE(plan.take(clock.now().steady).has_value());
  plan.give_up(clock.now());
  inventory.conclude(clock.now());
  BOOST_TEST(count(Presence::unreachable) == 50);
  BOOST_TEST(count(Presence::unknown) == 10);
  BOOST_TEST(!plan.next(clock.now().steady).has_value());
  BOOST_TEST(!plan.take(clock.now().steady + 1h).has_value());
}

BOOST_AUTO_TEST_CASE(what_a_missing_one_may_be_called_is_looked_for_once) {
  parameters["/prod/my_db"] = {};
  watch(a_parameter("/prod/my-db"));
  start();
  pass(5s);
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "/prod/my_db");
  BOOST_TEST(asked.size() == 2);
  asked.clear();
  pass(30min);
  for (const Asked& each : asked) {
    BOOST_TEST(!each.body.contains("my_db"));
  }
}

BOOST_AUTO_TEST_CASE(many_near_misses_share_a_request) {
  watch_many(4);
  start();
  pass(10s);
  BOOST_TEST(asked.size() == 2);
}

BOOST_AUTO_TEST_CASE(a_search_gives_way_to_what_is_due) {
  page = 10;
  put_many(900, "/a/");
  watch(a_parameter("/zzz/my-db"));
  start();
  pass(181s);
  asked.clear();
  pass(20s);
  BOOST_TEST(asked.at(5).body.contains("my_db"));
  asked.clear();
  pass(10min);
  std::size_t own = 0;
  for (const Asked& each : asked) {
    own += each.body.contains(R"("Values":["/zzz/my-db"])") ? 1U : 0U;
  }
  BOOST_TEST(own + 10 >= asked.size());
}

BOOST_AUTO_TEST_CASE(another_regions_missing_one_is_looked_for_once) {
  SimulatedParameters there;
  there.watch(a_parameter("/db", "String", "us-east-1"));
  there.start();
  parameters["/db"] = {};
  start();
  plan.look_elsewhere(*there.lost.at(0));
  pass(1min);
  BOOST_TEST(there.detail<model::AwsMissing>()->near_region == "eu-west-1");
  BOOST_TEST(asked.size() == 1);
}

BOOST_AUTO_TEST_SUITE_END()
