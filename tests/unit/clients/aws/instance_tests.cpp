#include <boost/test/unit_test.hpp>
#include <string>

#include "clients/aws/chain_place.hpp"
#include "unit/clients/aws/home.hpp"

using namespace blindfold::aws;
using blindfold::aws::test::error_of;
using blindfold::aws::test::failure_of;
using blindfold::aws::test::Home;
using blindfold::aws::test::taken;
using blindfold::model::CredentialFailure;
using blindfold::model::CredentialPlace;
using blindfold::model::CredentialTrouble;

namespace {

struct Machine : Home {
  [[nodiscard]] auto place() const { return instance(environment, profiles()); }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(instance_tests)

BOOST_FIXTURE_TEST_CASE(it_is_asked_unless_it_is_switched_off, Machine) {
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://169.254.169.254");
  environment["AWS_EC2_METADATA_DISABLED"] = "false";
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://169.254.169.254");
  environment["AWS_EC2_METADATA_DISABLED"] = "True";
  BOOST_CHECK((failure_of(place()) == CredentialFailure{CredentialPlace::instance,
                                                        CredentialTrouble::switched_off,
                                                        "AWS_EC2_METADATA_DISABLED"}));
}

BOOST_FIXTURE_TEST_CASE(its_address_can_be_another, Machine) {
  config("[default]\nec2_metadata_service_endpoint_mode = IPv6\n");
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://[fd00:ec2::254]");
  environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv4";
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://169.254.169.254");
  config("[default]\nec2_metadata_service_endpoint = http://10.0.0.1/\n");
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://10.0.0.1:80");
  environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "http://127.0.0.1:1338";
  BOOST_TEST(taken<Instance>(place()).endpoint == "http://127.0.0.1:1338");
}

BOOST_FIXTURE_TEST_CASE(what_is_no_address_is_refused, Machine) {
  environment["AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE"] = "IPv5";
  BOOST_TEST(error_of(place()) ==
             "AWS_EC2_METADATA_SERVICE_ENDPOINT_MODE is neither IPv4 nor IPv6");
  environment["AWS_EC2_METADATA_SERVICE_ENDPOINT"] = "127.0.0.1";
  BOOST_TEST(error_of(place()) == "AWS_EC2_METADATA_SERVICE_ENDPOINT is no http or https URL");
}

BOOST_AUTO_TEST_SUITE_END()
