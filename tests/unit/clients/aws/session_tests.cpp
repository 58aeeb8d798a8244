#include "clients/aws/session.hpp"

#include <boost/test/unit_test.hpp>
#include <string>
#include <utility>

#include "api_fixture.hpp"

using namespace blindfold;
using namespace blindfold::aws;

namespace {

struct Sessions : support::ManualLoopFixture {
  Sessions() {
    account.region = "eu-west-1";
    account.sources.push_back({EnvironmentKeys{
        {.access_key_id = "AKIDEXAMPLE", .secret_access_key = secret_of("s3cret")}}});
  }

  std::string make() {
    auto made = Session::make(loop(), account, 0, nullptr);
    if (!made) {
      BOOST_TEST((made.error().kind == base::ErrorKind::configuration));
      return made.error().what;
    }
    session = *std::move(made);
    return "made";
  }

  Account account;
  std::unique_ptr<Session> session;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(session_tests)

BOOST_FIXTURE_TEST_CASE(it_knows_its_region_and_servers, Sessions) {
  BOOST_REQUIRE(make() == "made");
  BOOST_TEST(session->region() == "eu-west-1");
  BOOST_TEST(session->server(Service::ssm, "us-east-2") == "ssm.us-east-2.amazonaws.com");
  BOOST_TEST(session->server(Service::secrets_manager, "cn-north-1") ==
             "secretsmanager.cn-north-1.amazonaws.com.cn");
}

BOOST_FIXTURE_TEST_CASE(servers_have_their_port_where_it_is_not_the_schemes, Sessions) {
  account.endpoints.all = "http://[::1]:5000/base";
  account.endpoints.ssm = "https://parameters.example:443";
  BOOST_REQUIRE(make() == "made");
  BOOST_TEST(session->server(Service::secrets_manager, "eu-west-1") == "[::1]:5000");
  BOOST_TEST(session->server(Service::ssm, "eu-west-1") == "parameters.example");
}

BOOST_FIXTURE_TEST_CASE(no_region_is_no_error_yet, Sessions) {
  account.region.clear();
  BOOST_REQUIRE(make() == "made");
  BOOST_TEST(session->region() == "");
}

BOOST_FIXTURE_TEST_CASE(what_cannot_be_used_is_said_at_once, Sessions) {
  account.region = "eu-west-1/";
  BOOST_TEST(make() == "the AWS region is not of a region's form");
  account.region.clear();
  account.endpoints.ssm = "parameters:1";
  BOOST_TEST(make().starts_with("the endpoint of ssm is no http or https URL"));
  account.endpoints = {};
  account.proxy.https_proxy = "ftp://proxy";
  BOOST_TEST(make().starts_with("the proxy for secretsmanager.us-east-1.amazonaws.com is no URL"));
  account.proxy = {};
  account.ca_pem = "no certificate";
  BOOST_TEST(make() != "made");
}

BOOST_AUTO_TEST_SUITE_END()
