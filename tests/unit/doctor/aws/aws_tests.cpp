// In a process of its own, as it is used, it is tested end to end.
#include "doctor/aws/aws.hpp"

#include <boost/test/unit_test.hpp>

#include "aws_requirements.hpp"
#include "clients/account/file.hpp"
#include "support/loop_fixture.hpp"

using namespace blindfold;
using doctor::tests::in_secrets_manager;

namespace {

aws::Source keys() {
  return {aws::EnvironmentKeys{
      .credentials = {.access_key_id = "AKIDEXAMPLE",
                      .secret_access_key = account::copied("a key of the test's").value()}}};
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(aws_tests, support::LoopFixture)

BOOST_AUTO_TEST_CASE(every_source_is_tried_and_a_service_that_is_not_there_is_no_proof) {
  aws::Account account;
  account.sources.push_back(keys());
  account.sources.push_back({aws::Instance{.endpoint = "http://127.0.0.1:1"}});
  account.region = "eu-west-1";
  account.endpoints.all = "http://127.0.0.1:1";  // where nobody listens
  account.without = {{.place = model::CredentialPlace::web_identity,
                      .trouble = model::CredentialTrouble::not_set,
                      .subject = "AWS_ROLE_ARN"}};
  const std::vector<model::Requirement> requirements{in_secrets_manager("a")};
  const auto report = doctor::try_aws(loop(), account, nullptr, requirements);
  BOOST_REQUIRE(report.has_value());
  BOOST_REQUIRE(report->identities.size() == 2U);
  BOOST_TEST(!report->proven());
  BOOST_TEST(report->identities[0].subject == "AKIDEXAMPLE");
  BOOST_TEST(report->identities[0].absent() == nullptr);
  BOOST_TEST((report->identities[0].sight.level == model::SightLevel::wire));
  BOOST_TEST((report->identities[1].place == model::CredentialPlace::instance));
  BOOST_TEST(report->identities[1].absent() != nullptr);
  BOOST_TEST((report->without == account.without));
}

BOOST_AUTO_TEST_SUITE_END()
