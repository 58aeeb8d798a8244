#include "detect/aws/secrets_plan.hpp"

#include <boost/test/unit_test.hpp>

#include "simulated_secrets.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using namespace blindfold::detect;
using aws::Refusal;
using model::Presence;
using Kind = SecretQuestion::Kind;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(secrets_plan_tests, SimulatedSecrets)

BOOST_AUTO_TEST_CASE(a_few_secrets_are_described_each_and_their_versions_once) {
  watch_many(3);
  put_many(3);
  start();
  BOOST_TEST(count(Presence::present) == 3);
  BOOST_TEST(count_of("DescribeSecret") == 3);
  BOOST_TEST(count_of("ListSecretVersionIds") == 3);
  asked.clear();
  pass(60min);
  BOOST_TEST(count_of("DescribeSecret") >= 3 * 10);
  BOOST_TEST(count_of("DescribeSecret") <= 3 * 15);
  BOOST_TEST(count_of("DescribeSecret") == asked.size());
}

BOOST_AUTO_TEST_CASE(one_that_comes_and_goes_is_seen_each_time) {
  watch(a_secret("db"));
  start();
  BOOST_TEST((presence() == Presence::missing));
  secrets["db"] = {};
  pass(18s);
  BOOST_TEST((presence() == Presence::present));
  secrets["db"].pending_deletion = true;
  pass(6min);
  BOOST_TEST((presence() == Presence::pending_deletion));
  secrets["db"].pending_deletion = false;
  pass(18s);
  BOOST_TEST((presence() == Presence::present));
  secrets["db"].version = "v2";
  pass(6min);
  secrets.clear();
  pass(6min);
  BOOST_TEST((presence() == Presence::missing));
  using model::EventKind;
  BOOST_TEST((recorder.events == std::vector{EventKind::appeared, EventKind::disappeared,
                                             EventKind::appeared, EventKind::rotated,
                                             EventKind::disappeared}));
}

BOOST_AUTO_TEST_CASE(a_missing_answer_after_a_present_one_is_confirmed_two_seconds_later) {
  watch(a_secret("db"));
  put_many(0);
  secrets["db"] = {};
  start();
  secrets.clear();
  asked.clear();
  while (asked.empty()) {
    pass(1s);
  }
  BOOST_TEST((presence() == Presence::present));
  pass(3s);
  BOOST_TEST((presence() == Presence::missing));
  BOOST_REQUIRE(asked.size() >= 2);
  BOOST_TEST((asked[1].at - asked[0].at >= 2s));
  BOOST_TEST((asked[1].at - asked[0].at < 3s));
}

BOOST_AUTO_TEST_CASE(an_optional_one_that_is_missing_is_asked_for_steadily) {
  watch(a_secret("db"), false);
  start();
  asked.clear();
  pass(30min);
  BOOST_TEST(count_of("DescribeSecret") <= 8);
}

BOOST_AUTO_TEST_CASE(many_are_swept_once_they_are_known) {
  watch_many(250);
  put_many(250);
  start();
  pass(3min);
  BOOST_TEST(count(Presence::present) == 250);
  BOOST_TEST(count_of("DescribeSecret") == 250);
  pass(5min);
  asked.clear();
  pass(60min);
  BOOST_TEST(count_of("DescribeSecret") == 0);
  BOOST_TEST(count_of("ListSecrets") >= 3 * 10);
  BOOST_TEST(count_of("ListSecrets") <= 3 * 15);
  BOOST_TEST(count(Presence::present) == 250);
}

BOOST_AUTO_TEST_CASE(what_a_sweep_finds_changed_is_described_before_it_is_told) {
  watch_many(50);
  put_many(50);
  start();
  pass(10min);
  asked.clear();
  secrets["app/7"].version = "v2";
  secrets.erase("app/8");
  pass(7min);
  BOOST_TEST((presence(8) == Presence::missing));
  BOOST_TEST((std::ranges::count(recorder.events, model::EventKind::rotated) == 1));
  BOOST_TEST(count_of("ListSecretVersionIds") == 1);
  BOOST_TEST(count_of("DescribeSecret") >= 3);
}

BOOST_AUTO_TEST_CASE(a_listing_that_is_behind_takes_no_checkmark_away) {
  watch_many(50);
  put_many(50);
  start();
  pass(10min);
  const std::size_t told = recorder.presences.size();
  listing.emplace();
  asked.clear();
  pass(6min);
  BOOST_TEST(count_of("ListSecrets") >= 1);
  BOOST_TEST(count_of("DescribeSecret") == 50);
  BOOST_TEST(recorder.presences.size() == told);
  BOOST_TEST(count(Presence::present) == 50);
}

BOOST_AUTO_TEST_CASE(many_that_are_missing_are_swept_quickly_and_one_that_comes_is_seen_soon) {
  watch_many(100);
  start();
  pass(2min);
  BOOST_TEST(count(Presence::missing) == 100);
  pass(1min);
  asked.clear();
  secrets["app/42"] = {};
  pass(20s);
  BOOST_TEST((presence(42) == Presence::present));
  BOOST_TEST(asked.size() <= 8);
}

BOOST_AUTO_TEST_CASE(a_sweep_that_costs_more_than_it_saves_is_not_made) {
  page = 2;
  watch_many(25);
  put_many(60);
  start();
  pass(10min);
  BOOST_TEST(count_of("ListSecrets") == 30);
  asked.clear();
  pass(30min);
  BOOST_TEST(count_of("ListSecrets") == 0);
  BOOST_TEST(count_of("DescribeSecret") >= 25 * 5);
}

BOOST_AUTO_TEST_CASE(where_listing_is_denied_each_is_described) {
  denied = {"ListSecrets"};
  watch_many(40);
  put_many(40);
  start();
  pass(20min);
  BOOST_TEST(count(Presence::present) == 40);
  BOOST_TEST(count_of("ListSecrets") == 1);
  BOOST_TEST(count_of("DescribeSecret") >= 40 * 4);
  denied.clear();
  pass(2h);
  asked.clear();
  pass(30min);
  BOOST_TEST(count_of("DescribeSecret") == 0);
}

BOOST_AUTO_TEST_CASE(where_describing_is_denied_that_is_said_of_each) {
  denied = {"DescribeSecret", "ListSecrets"};
  watch_many(30);
  start();
  pass(1min);
  BOOST_TEST(count(Presence::denied) == 30);
  BOOST_TEST(detail<model::ActionDenied>(29)->action == "secretsmanager:DescribeSecret");
  BOOST_TEST(detail<model::ActionDenied>(29)->resource == "app/29");
}

BOOST_AUTO_TEST_CASE(a_listing_without_end_is_left_and_each_is_described) {
  endless = true;
  watch_many(30);
  put_many(30);
  start();
  pass(20min);
  BOOST_TEST(count_of("ListSecrets") == SecretSweep::most_pages);
  BOOST_TEST(count(Presence::present) == 30);
}

BOOST_AUTO_TEST_CASE(while_it_throttles_one_question_at_a_time_waits_longer_and_longer) {
  watch_many(10);
  trouble = [](const SecretQuestion&) { return refused(Refusal::throttled); };
  start();
  pass(10min);
  BOOST_TEST(count(Presence::unreachable) == 10);
  BOOST_TEST((detail<model::ServiceFailed>(3)->trouble == model::ApiTrouble::throttled));
  BOOST_TEST(asked.size() < 60);
}

BOOST_AUTO_TEST_CASE(once_it_answers_again_all_are_looked_at) {
  put_many(10);
  watch_many(10);
  trouble = [](const SecretQuestion&) { return refused(Refusal::throttled); };
  start();
  pass(5min);
  trouble = [](const SecretQuestion&) { return std::nullopt; };
  pass(65s);
  BOOST_TEST(count(Presence::present) == 10);
}

BOOST_AUTO_TEST_CASE(those_that_are_not_due_for_long_are_looked_at_too_once_it_answers_again) {
  put_many(10);
  watch_many(11);
  start();
  pass(1min);
  trouble = [](const SecretQuestion&) { return faulty(aws::Fault::unreachable); };
  pass(3min);
  BOOST_TEST(count(Presence::unreachable) == 11);
  trouble = [](const SecretQuestion&) { return std::nullopt; };
  pass(65s);
  BOOST_TEST(count(Presence::present) == 10);
}

BOOST_AUTO_TEST_CASE(trouble_that_is_over_is_nobodys_when_the_time_is_up) {
  put_many(40);
  watch_many(40);
  trouble = [](const SecretQuestion& question) {
    return question.number == 1 ? std::optional(refused(Refusal::throttled)) : std::nullopt;
  };
  start();
  pass(1s);
  trouble = [](const SecretQuestion&) { return std::nullopt; };
  pass(1s);
  plan.give_up(clock.now());
  inventory.conclude(clock.now());
  BOOST_TEST((presence(39) == Presence::unknown));
}

BOOST_AUTO_TEST_CASE(nothing_is_searched_for_while_there_is_trouble) {
  SimulatedSecrets there;
  there.watch(a_secret("db", "us-east-1"));
  there.start();
  watch(a_secret("own"));
  trouble = [](const SecretQuestion&) { return refused(Refusal::throttled); };
  start();
  plan.look_elsewhere(*there.lost.at(0));
  pass(10min);
  for (const Asked& each : asked) {
    BOOST_TEST(each.body.contains("own"));
  }
}

BOOST_AUTO_TEST_CASE(swept_ones_that_were_told_unreachable_are_swept_at_once_when_it_is_over) {
  put_many(60);
  watch_many(60);
  start();
  pass(10min);
  trouble = [](const SecretQuestion&) { return faulty(aws::Fault::unreachable); };
  pass(10min);
  BOOST_TEST(count(Presence::unreachable) == 60);
  trouble = [](const SecretQuestion&) { return std::nullopt; };
  asked.clear();
  pass(70s);
  BOOST_TEST(count(Presence::present) == 60);
  BOOST_TEST(count_of("DescribeSecret") == 0);
}

BOOST_AUTO_TEST_CASE(nothing_is_asked_before_the_service_wants_to_be_asked) {
  watch_many(3);
  trouble = [](const SecretQuestion&) {
    aws::Failure failure = refused(Refusal::throttled, 429);
    failure.retry_after = 40s;
    return failure;
  };
  start();
  const std::size_t before = asked.size();
  pass(39s);
  BOOST_TEST(asked.size() == before);
  pass(5s);
  BOOST_TEST(asked.size() == before + 1);
}

BOOST_AUTO_TEST_CASE(one_secret_that_fails_by_itself_holds_up_no_other) {
  put_many(5);
  watch_many(5);
  trouble = [](const SecretQuestion& question) {
    return question.kind == Kind::describe && question.number == 2
               ? std::optional(refused(Refusal::server_error, 500))
               : std::nullopt;
  };
  start();
  pass(2min);
  BOOST_TEST(count(Presence::present) == 4);
  BOOST_TEST((presence(2) == Presence::unreachable));
  BOOST_TEST(count_of("DescribeSecret") < 12);
}

BOOST_AUTO_TEST_CASE(what_may_not_be_seen_this_way_is_not_asked_for_until_it_may) {
  secrets["db"] = {};
  watch(a_secret("db"), true, model::RequiredSight::enforced);
  start();
  pass(10min);
  BOOST_TEST(asked.empty());
  BOOST_TEST(detail<model::SightRefused>().has_value());
  plan.set_sight({model::SightLevel::iam, {}, {}}, clock.now());
  pass(1s);
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(a_sight_that_is_known_before_the_start_counts_from_then_on) {
  secrets["db"] = {};
  watch(a_secret("db"), true, model::RequiredSight::enforced);
  plan.set_sight({model::SightLevel::iam, {}, {}}, clock.now());
  start();
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(swept_ones_that_may_not_be_seen_any_more_are_not_swept) {
  put_many(40);
  for (int each = 0; each < 40; ++each) {
    watch(a_secret("app/" + std::to_string(each)), true, model::RequiredSight::wire);
  }
  start();
  pass(10min);
  plan.set_sight({model::SightLevel::none, model::SightReason::may_call, "x"}, clock.now());
  asked.clear();
  pass(30min);
  BOOST_TEST(asked.empty());
  BOOST_TEST(count(Presence::unknown) == 40);
  plan.set_sight({model::SightLevel::iam, {}, {}}, clock.now());
  pass(30s);
  BOOST_TEST(count(Presence::present) == 40);
}

BOOST_AUTO_TEST_CASE(looking_again_asks_for_everything_within_the_rate) {
  put_many(5);
  watch_many(5);
  start();
  pass(1min);
  asked.clear();
  plan.look_again(clock.now().steady);
  pass(5s);
  BOOST_TEST(count_of("DescribeSecret") == 5);
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_what_was_asked_has_failed_and_nothing_more_is_asked) {
  watch_many(40);
  const base::SteadyTime now = clock.now().steady;
  plan.start(clock.now());
  std::size_t taken = 0;
  while (plan.take(now)) {
    ++taken;
  }
  BOOST_TEST(taken == SecretsPlan::most_at_once);
  plan.give_up(clock.now());
  inventory.conclude(clock.now());
  BOOST_TEST(count(Presence::unreachable) == taken);
  BOOST_TEST(count(Presence::unknown) == 40 - taken);
  BOOST_TEST((detail<model::ServiceFailed>(0)->trouble == model::ApiTrouble::timed_out));
  BOOST_TEST(!plan.take(now + 1h).has_value());
  BOOST_TEST(!plan.next(now + 1h).has_value());
}

BOOST_AUTO_TEST_CASE(when_the_time_is_up_during_trouble_all_say_which) {
  watch_many(40);
  trouble = [](const SecretQuestion&) { return refused(Refusal::throttled); };
  start();
  plan.give_up(clock.now());
  inventory.conclude(clock.now());
  BOOST_TEST(count(Presence::unreachable) == 40);
  BOOST_TEST((detail<model::ServiceFailed>(39)->trouble == model::ApiTrouble::throttled));
}

BOOST_AUTO_TEST_CASE(what_a_missing_one_may_be_called_is_looked_for_once) {
  secrets["dat-abase"] = {};
  watch(a_secret("database"));
  start();
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "dat-abase");
  BOOST_TEST((missing == std::vector<std::string>{"database"}));
  pass(10min);
  BOOST_TEST(count_of("ListSecrets") == 1);
  BOOST_TEST(missing.size() == 1);
  BOOST_TEST(detail<model::AwsMissing>()->near_miss == "dat-abase");
}

BOOST_AUTO_TEST_CASE(another_regions_missing_one_is_looked_for_once) {
  SimulatedSecrets there;
  there.watch(a_secret("db", "us-east-1"));
  there.start();
  AwsItem& item = *there.lost.at(0);
  secrets["db"] = {};
  start();
  plan.look_elsewhere(item);
  pass(1min);
  BOOST_TEST(there.detail<model::AwsMissing>()->near_region == "eu-west-1");
  BOOST_TEST(count_of("DescribeSecret") == 1);
}

BOOST_AUTO_TEST_CASE(one_that_is_being_deleted_elsewhere_is_no_hint) {
  SimulatedSecrets there;
  there.watch(a_secret("db", "us-east-1"));
  there.start();
  secrets["db"] = {.pending_deletion = true};
  start();
  plan.look_elsewhere(*there.lost.at(0));
  pass(1min);
  BOOST_TEST(count_of("DescribeSecret") == 1);
  BOOST_TEST(there.detail<model::AwsMissing>()->near_region.empty());
}

BOOST_AUTO_TEST_CASE(near_misses_come_after_everything_that_is_due) {
  watch_many(30);
  start();
  pass(20s);
  const auto search = std::ranges::find(asked, "ListSecrets", &Asked::operation);
  BOOST_REQUIRE((search != asked.end()));
  BOOST_TEST(std::count_if(asked.begin(), search, [](const Asked& each) {
               return each.operation == "DescribeSecret";
             }) == 30);
}

BOOST_AUTO_TEST_SUITE_END()
