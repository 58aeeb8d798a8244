#include "clients/aws/credential_source.hpp"

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "platform/base/timestamp.hpp"
#include "unit/clients/aws/fetch_fixture.hpp"

using namespace std::chrono_literals;
using namespace blindfold::aws;
using namespace blindfold::aws::test;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

struct Answer {
  std::optional<std::string> id;
  CredentialFailures failures;
  std::unique_ptr<CredentialSource::Wish> wish;

  [[nodiscard]] bool there() const { return id || !failures.empty(); }
};

/// A container's agent that gives credentials with the number of the request in
/// them for as long as `life`, or answers `instead`.
class SourceFixture : public blindfold::support::ManualLoopFixture {
 public:
  SourceFixture() {
    account.without = {{.place = CredentialPlace::environment,
                        .trouble = CredentialTrouble::not_set,
                        .subject = "AWS_ACCESS_KEY_ID"}};
    place.kind = Container{.url = server.url() + "/x", .token_file = {}};
    source.emplace(loop(), &place, account, nullptr);
  }

  void ask(Answer& answer) {
    answer.wish = source->want([&answer](const auto& result) noexcept {
      if (result) {
        answer.id = (*result)->access_key_id;
      } else {
        answer.failures = result.error();
      }
    });
    BOOST_TEST(!answer.there(), "never from within want()");
  }

  Answer get() {
    Answer answer;
    ask(answer);
    BOOST_REQUIRE(run_until([&] { return answer.there(); }));
    answer.wish.reset();
    return answer;
  }

  std::string id() { return get().id.value_or("none"); }

  /// The answer to what is asked in the background is there.
  void settle(std::size_t requests) {
    BOOST_REQUIRE(run_until([&] { return asked() == requests; }));
    turn(50);
  }

  void pass(std::chrono::microseconds time) {
    clock.advance(time);
    turn();
  }

  [[nodiscard]] std::size_t asked() const { return server.requests().size(); }

  void serve(ScriptedServer::Connection& connection) {
    std::string request;
    while (connection.take_request(request)) {
      const std::string id = "AKID" + std::to_string(asked());
      const auto end = clock.now().system + life;
      connection.send(
          instead.empty()
              ? reply(metadata(id, blindfold::base::format_timestamp(
                                       end, blindfold::base::TimestampPrecision::seconds)))
              : instead);
    }
  }

  std::chrono::minutes life = 60min;
  std::string instead;
  ScriptedServer server{loop(),
                        [this](ScriptedServer::Connection& connection) { serve(connection); }};
  Account account;
  Source place;
  std::optional<CredentialSource> source;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(credential_source_tests)

BOOST_FIXTURE_TEST_CASE(several_wishes_share_one_attempt, SourceFixture) {
  std::vector<Answer> answers(5);
  for (Answer& answer : answers) {
    ask(answer);
  }
  BOOST_REQUIRE(run_until([&] { return std::ranges::all_of(answers, &Answer::there); }));
  for (const Answer& answer : answers) {
    BOOST_TEST(answer.id.value() == "AKID1");
  }
  BOOST_TEST(asked() == 1U);
}

BOOST_FIXTURE_TEST_CASE(five_minutes_before_the_end_there_are_others, SourceFixture) {
  BOOST_TEST(id() == "AKID1");
  pass(55min - 1s);
  BOOST_TEST(id() == "AKID1");
  turn(50);
  BOOST_TEST(asked() == 1U);
  pass(1s);
  BOOST_TEST(id() == "AKID1", "nobody waits while they are good");
  settle(2);
  BOOST_TEST(id() == "AKID2");
}

BOOST_FIXTURE_TEST_CASE(those_that_live_shortly_are_used_for_half_of_it, SourceFixture) {
  life = 4min;
  BOOST_TEST(id() == "AKID1");
  pass(119s);
  BOOST_TEST(id() == "AKID1");
  turn(50);
  BOOST_TEST(asked() == 1U);
  pass(1s);
  BOOST_TEST(id() == "AKID1");
  settle(2);
  BOOST_TEST(id() == "AKID2");
}

BOOST_FIXTURE_TEST_CASE(the_last_good_ones_are_used_to_their_end, SourceFixture) {
  BOOST_TEST(id() == "AKID1");
  instead = reply("", "", "403 No");
  pass(55min);
  BOOST_TEST(id() == "AKID1");
  settle(2);
  pass(5min - 1s);
  BOOST_TEST(id() == "AKID1");
  settle(3);
  pass(1s);
  const Answer over = get();
  BOOST_REQUIRE(over.failures.size() == 2U);
  BOOST_TEST(over.failures[0].subject == "AWS_ACCESS_KEY_ID");
  BOOST_CHECK(over.failures[1].place == CredentialPlace::container);
  BOOST_TEST(over.failures[1].trouble == CredentialTrouble::refused);
  BOOST_TEST(over.failures[1].status == 403U);
}

BOOST_FIXTURE_TEST_CASE(after_a_refusal_there_are_others, SourceFixture) {
  BOOST_TEST(id() == "AKID1");
  source->refused();
  BOOST_TEST(id() == "AKID1", "they were younger than a second");
  pass(1s);
  source->refused();
  BOOST_TEST(id() == "AKID2");
  source->refused();
  BOOST_TEST(id() == "AKID2", "they were younger than a second");
}

BOOST_FIXTURE_TEST_CASE(those_that_were_refused_are_not_given_again, SourceFixture) {
  BOOST_TEST(id() == "AKID1");
  instead = reply("{}");
  pass(1s);
  source->refused();
  BOOST_TEST(get().failures.back().trouble == CredentialTrouble::not_the_form);
  BOOST_TEST(get().failures.back().trouble == CredentialTrouble::not_the_form);
  instead.clear();
  pass(1s);
  BOOST_TEST(id() == "AKID3");
}

BOOST_FIXTURE_TEST_CASE(failures_are_no_storm, SourceFixture) {
  instead = reply("", "", "403 No");
  for (int i = 0; i < 10; ++i) {
    BOOST_TEST(get().failures.back().trouble == CredentialTrouble::refused);
  }
  BOOST_TEST(asked() == 1U);
  pass(1s);
  BOOST_TEST(get().failures.size() == 2U);
  BOOST_TEST(asked() == 2U);
}

BOOST_FIXTURE_TEST_CASE(the_longest_wait_is_five_minutes, SourceFixture) {
  instead = reply("", "", "403 No");
  for (std::size_t tries = 1; tries < 15; ++tries) {
    BOOST_TEST(get().failures.size() == 2U);
    BOOST_TEST(asked() == tries);
    pass(5min);
  }
  std::size_t waits = 0;
  BOOST_TEST(get().failures.size() == 2U);
  while (asked() == 15 && waits < 400) {
    pass(1s);
    BOOST_TEST(get().failures.size() == 2U);
    ++waits;
  }
  BOOST_TEST(waits >= 30U, "by then it waits for a tenth of it at least");
}

BOOST_FIXTURE_TEST_CASE(success_ends_the_waiting, SourceFixture) {
  instead = reply("", "", "403 No");
  for (int i = 0; i < 8; ++i) {
    BOOST_TEST(get().failures.size() == 2U);
    pass(5min);
  }
  instead.clear();
  BOOST_TEST(id() == "AKID9");
  instead = reply("", "", "403 No");
  pass(60min);
  BOOST_TEST(get().failures.size() == 2U);
  pass(1s);
  BOOST_TEST(get().failures.size() == 2U);
  BOOST_TEST(asked() == 11U);
}

BOOST_FIXTURE_TEST_CASE(what_has_expired_on_arrival_is_a_failure, SourceFixture) {
  life = 0min;
  BOOST_TEST(get().failures.back().trouble == CredentialTrouble::expired);
  BOOST_TEST(id() == "none");
  BOOST_TEST(asked() == 1U);
}

BOOST_FIXTURE_TEST_CASE(only_the_places_before_it_are_named_with_it, SourceFixture) {
  account.without.push_back(
      {.place = CredentialPlace::instance, .trouble = CredentialTrouble::switched_off});
  instead = reply("", "", "403 No");
  const CredentialFailures failures = get().failures;
  BOOST_REQUIRE(failures.size() == 2U);
  BOOST_CHECK(failures[0].place == CredentialPlace::environment);
  BOOST_CHECK(failures[1].place == CredentialPlace::container);
}

BOOST_FIXTURE_TEST_CASE(a_wish_that_is_taken_back_is_told_nothing, SourceFixture) {
  Answer first;
  Answer second;
  ask(first);
  ask(second);
  BOOST_REQUIRE(run_until([this] { return asked() == 1; }));
  first.wish.reset();
  BOOST_REQUIRE(run_until([&second] { return second.there(); }));
  BOOST_TEST(!first.there());
}

BOOST_FIXTURE_TEST_CASE(a_source_may_go_before_its_wishes, SourceFixture) {
  Answer early;
  ask(early);
  source.reset();
  turn(20);
  BOOST_TEST(!early.there());
  source.emplace(loop(), &place, account, nullptr);
  Answer late;
  ask(late);
  BOOST_REQUIRE(run_until([this] { return asked() == 1; }));
  source.reset();
  turn(50);
  BOOST_TEST(!late.there());
}

BOOST_FIXTURE_TEST_CASE(a_source_may_go_from_within_an_answer, SourceFixture) {
  bool told = false;
  const auto wish = source->want([this, &told](const auto& /*result*/) noexcept {
    source.reset();
    told = true;
  });
  Answer other;
  ask(other);
  BOOST_REQUIRE(run_until([&told] { return told; }));
  turn(20);
  BOOST_TEST(!other.there());
}

BOOST_FIXTURE_TEST_CASE(keys_without_an_end_are_kept_until_they_are_refused, SourceFixture) {
  const blindfold::support::ScratchFolder scratch;
  place.kind =
      ProfileKeys{.credentials = {.access_key_id = "OLD", .secret_access_key = secret_of("s")},
                  .profile = "x",
                  .file = scratch.write("credentials",
                                        "[x]\naws_access_key_id=NEW\naws_secret_access_key=s\n")};
  source.emplace(loop(), &place, account, nullptr);
  BOOST_TEST(id() == "OLD");
  pass(24h);
  BOOST_TEST(id() == "OLD");
  source->refused();
  BOOST_TEST(id() == "NEW");
}

BOOST_FIXTURE_TEST_CASE(without_a_source_the_chain_says_why, SourceFixture) {
  source.emplace(loop(), nullptr, account, nullptr);
  for (int time = 0; time < 2; ++time) {
    const Answer answer = get();
    BOOST_CHECK(answer.failures == account.without);
    source->refused();
  }
  BOOST_TEST(asked() == 0U);
}

BOOST_AUTO_TEST_CASE(each_source_stands_for_its_place) {
  BOOST_CHECK(place_of({EnvironmentKeys{}}) == CredentialPlace::environment);
  BOOST_CHECK(place_of({WebIdentity{}}) == CredentialPlace::web_identity);
  BOOST_CHECK(place_of({WebIdentity{
                  .token_file = {}, .role_arn = {}, .session_name = {}, .profile = "x"}}) ==
              CredentialPlace::profile);
  BOOST_CHECK(place_of({ProfileKeys{}}) == CredentialPlace::profile);
  BOOST_CHECK(place_of({AssumedRole{}}) == CredentialPlace::profile);
  BOOST_CHECK(place_of({Process{}}) == CredentialPlace::profile);
  BOOST_CHECK(place_of({SingleSignOn{}}) == CredentialPlace::profile);
  BOOST_CHECK(place_of({Container{}}) == CredentialPlace::container);
  BOOST_CHECK(place_of({Instance{}}) == CredentialPlace::instance);
}

BOOST_AUTO_TEST_SUITE_END()
