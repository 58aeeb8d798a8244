#include "detect/aws/aws_answer.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_fixture.hpp"

namespace {

using namespace blindfold;
using namespace blindfold::detect;
using aws::Fault;
using aws::Refusal;
using model::ApiTrouble;
using model::Presence;

const AwsServer server{"eu-west-1", "secretsmanager.eu-west-1.amazonaws.com"};

AwsAnswer about(const aws::Failure& failure) {
  return answer_about_place(failure, "secretsmanager:DescribeSecret", place_of(a_secret("db"), ""),
                            server);
}

ApiTrouble trouble(const AwsAnswer& answer) {
  BOOST_REQUIRE((answer.observation.presence == Presence::unreachable));
  BOOST_REQUIRE(answer.observation.details.size() == 1);
  const auto& failed = std::get<model::ServiceFailed>(answer.observation.details.front());
  BOOST_TEST(failed.server == server.host);
  return failed.trouble;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(aws_answer_tests)

BOOST_AUTO_TEST_CASE(not_found_is_missing) {
  const AwsAnswer answer = about(refused(Refusal::not_found));
  BOOST_TEST((answer.observation.presence == Presence::missing));
  const model::AwsMissing missing{model::StoreKind::aws_secrets_manager, "eu-west-1", "db", {}, {}};
  BOOST_TEST((std::get<model::AwsMissing>(answer.observation.details.at(0)) == missing));
}

BOOST_AUTO_TEST_CASE(access_denied_is_denied_and_says_what) {
  const AwsAnswer answer = about(refused(Refusal::access_denied));
  BOOST_TEST((answer.observation.presence == Presence::denied));
  const model::ActionDenied denied{"secretsmanager:DescribeSecret", "eu-west-1", "db"};
  BOOST_TEST((std::get<model::ActionDenied>(answer.observation.details.at(0)) == denied));
  BOOST_TEST(!answer.everybodys);
}

BOOST_AUTO_TEST_CASE(not_found_where_nothing_was_named_is_no_answer) {
  const AwsAnswer answer =
      answer_to_failure(refused(Refusal::not_found), "secretsmanager:ListSecrets", "", server);
  BOOST_TEST((trouble(answer) == ApiTrouble::unexpected));
}

BOOST_AUTO_TEST_CASE(what_is_everybodys_trouble_and_what_is_not) {
  struct Case {
    aws::Failure failure;
    ApiTrouble trouble;
    bool everybodys;
  };
  for (const Case& each : {
           Case{refused(Refusal::throttled), ApiTrouble::throttled, true},
           Case{refused(Refusal::not_signed_right), ApiTrouble::unauthorized, true},
           Case{refused(Refusal::clock), ApiTrouble::clock, true},
           Case{refused(Refusal::server_error, 503), ApiTrouble::server_error, true},
           Case{refused(Refusal::server_error, 500), ApiTrouble::server_error, false},
           Case{refused(Refusal::invalid_request), ApiTrouble::unexpected, false},
           Case{refused(Refusal::unexpected, 418), ApiTrouble::unexpected, false},
           Case{faulty(Fault::unreachable), ApiTrouble::unreachable, true},
           Case{faulty(Fault::not_trusted), ApiTrouble::not_trusted, true},
           Case{faulty(Fault::timed_out), ApiTrouble::timed_out, true},
           Case{faulty(Fault::cut_off), ApiTrouble::cut_off, true},
           Case{faulty(Fault::not_the_form), ApiTrouble::not_the_form, false},
           Case{faulty(Fault::too_large), ApiTrouble::too_large, false},
           Case{faulty(Fault::internal), ApiTrouble::unexpected, false},
       }) {
    const AwsAnswer answer = about(each.failure);
    BOOST_TEST((trouble(answer) == each.trouble));
    BOOST_TEST(answer.everybodys == each.everybodys);
  }
}

BOOST_AUTO_TEST_CASE(without_credentials_each_place_of_the_chain_is_named) {
  aws::Failure failure = faulty(Fault::credential);
  failure.credentials = {{model::CredentialPlace::environment, model::CredentialTrouble::not_set,
                          "AWS_ACCESS_KEY_ID"}};
  const AwsAnswer answer = about(failure);
  BOOST_TEST((answer.observation.presence == Presence::unreachable));
  BOOST_TEST(answer.everybodys);
  const auto& missing = std::get<model::CredentialsMissing>(answer.observation.details.at(0));
  BOOST_TEST((missing.failures == failure.credentials));
}

BOOST_AUTO_TEST_CASE(how_long_the_service_asks_to_be_left_alone_is_kept) {
  aws::Failure failure = refused(Refusal::throttled, 429);
  failure.retry_after = std::chrono::seconds(7);
  BOOST_TEST((about(failure).retry_after == std::chrono::seconds(7)));
}

BOOST_AUTO_TEST_CASE(a_parameter_of_another_type_is_no_checkmark) {
  const AwsPlace place = place_of(a_parameter("/db", "SecureString"), "");
  const auto observation = observe_parameter(place, {"/db", "", "String", "3", "17.5"});
  BOOST_TEST((observation.presence == Presence::wrong_type));
  const model::ParameterType type{"String", "SecureString"};
  BOOST_TEST((std::get<model::ParameterType>(observation.details.at(0)) == type));
}

// One that was deleted and created again begins with version 1 again.
BOOST_AUTO_TEST_CASE(a_parameters_version_is_its_number_with_its_date) {
  const AwsPlace place = place_of(a_parameter("/db", "SecureString"), "");
  const auto first = observe_parameter(place, {"/db", "", "SecureString", "1", "17.5"});
  const auto again = observe_parameter(place, {"/db", "", "SecureString", "1", "18.5"});
  BOOST_TEST((first.presence == Presence::present));
  BOOST_TEST((first.version != again.version));
  BOOST_TEST((first == observe_parameter(place, {"/db", "", "SecureString", "1", "17.5"})));
}

BOOST_AUTO_TEST_SUITE_END()
