#include "clients/aws/account_settings.hpp"

#include <boost/test/unit_test.hpp>
#include <string>

#include "unit/clients/aws/home.hpp"

using blindfold::aws::test::Home;
using blindfold::base::ErrorKind;

BOOST_AUTO_TEST_SUITE(account_settings_tests)

BOOST_FIXTURE_TEST_CASE(the_region_is_a_variables_before_it_is_the_profiles, Home) {
  BOOST_TEST(account().region.empty());
  config("[default]\nregion = a\n");
  BOOST_TEST(account().region == "a");
  environment["AWS_DEFAULT_REGION"] = "b";
  BOOST_TEST(account().region == "b");
  environment["AWS_REGION"] = "c";
  BOOST_TEST(account().region == "c");
}

BOOST_FIXTURE_TEST_CASE(a_region_becomes_a_part_of_a_host_and_looks_like_it, Home) {
  config("[default]\nregion = x.evil.example/\n");
  BOOST_TEST(refusal().what == file(".aws/config") + ":2: `region` is no region's name");
  environment["AWS_REGION"] = "a@b";
  BOOST_TEST(refusal().what == "AWS_REGION is no region's name");
}

BOOST_FIXTURE_TEST_CASE(endpoints_are_the_services_own_before_the_one_for_all, Home) {
  environment["AWS_ENDPOINT_URL"] = "http://all/";
  environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "http://secrets";
  environment["AWS_ENDPOINT_URL_SSM"] = "https://parameters:8443/x/";
  environment["AWS_ENDPOINT_URL_STS"] = "http://sts";
  environment["AWS_ENDPOINT_URL_SSO"] = "http://sso";
  const auto endpoints = account().endpoints;
  BOOST_TEST(endpoints.all == "http://all");
  BOOST_TEST(endpoints.secrets_manager == "http://secrets");
  BOOST_TEST(endpoints.ssm == "https://parameters:8443/x");
  BOOST_TEST(endpoints.sts == "http://sts");
  BOOST_TEST(endpoints.sso == "http://sso");
  environment["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS"] = "TRUE";
  BOOST_TEST(account().endpoints.all.empty());
  BOOST_TEST(account().endpoints.ssm.empty());
}

BOOST_FIXTURE_TEST_CASE(a_profiles_endpoints_count_behind_the_variables, Home) {
  config(
      "[default]\nendpoint_url = http://all\nservices = mine\n"
      "[services mine]\nssm =\n  endpoint_url = http://ssm\nsts =\n  endpoint_url=http://sts\n");
  BOOST_TEST(account().endpoints.all == "http://all");
  BOOST_TEST(account().endpoints.ssm == "http://ssm");
  BOOST_TEST(account().endpoints.sts == "http://sts");
  BOOST_TEST(account().endpoints.secrets_manager.empty());
  environment["AWS_ENDPOINT_URL_SSM"] = "http://own";
  BOOST_TEST(account().endpoints.ssm == "http://own");
  environment["AWS_ENDPOINT_URL"] = "http://env";
  BOOST_TEST(account().endpoints.all == "http://env");
  BOOST_TEST(account().endpoints.sts.empty(), "the variable counts before `services`");
  config("[default]\nignore_configured_endpoint_urls = true\nservices = none\n");
  BOOST_TEST(account().endpoints.all.empty());
}

BOOST_FIXTURE_TEST_CASE(an_endpoint_is_an_address, Home) {
  config("[default]\nservices = mine\n");
  BOOST_TEST(refusal().what ==
             file(".aws/config") + ":2: `services` names no `[services]` section");
  environment["AWS_ENDPOINT_URL"] = "http://all";
  BOOST_TEST(account().endpoints.all == "http://all", "`services` is not looked at then");
  environment.erase("AWS_ENDPOINT_URL");
  config("[default]\nservices = mine\n[services mine]\nssm =\n  endpoint_url = x\n");
  BOOST_TEST(refusal().what == file(".aws/config") + ":5: `endpoint_url` is no http or https URL");
  environment["AWS_ENDPOINT_URL_SSM"] = "ftp://x";
  BOOST_TEST(refusal().what == "AWS_ENDPOINT_URL_SSM is no http or https URL");
}

BOOST_FIXTURE_TEST_CASE(fips_is_asked_for_in_one_word, Home) {
  BOOST_TEST(!account().endpoints.fips);
  config("[default]\nuse_fips_endpoint = true\n");
  BOOST_TEST(account().endpoints.fips);
  environment["AWS_USE_FIPS_ENDPOINT"] = "false";
  BOOST_TEST(!account().endpoints.fips);
}

BOOST_FIXTURE_TEST_CASE(certificates_are_read_from_the_bundle, Home) {
  BOOST_TEST(account().ca_pem.empty());
  scratch.write("ca", "a certificate");
  config("[default]\nca_bundle = ~/ca\n");
  BOOST_TEST(account().ca_pem == "a certificate");
  environment["AWS_CA_BUNDLE"] = file("none");
  BOOST_CHECK(refusal().kind == ErrorKind::missing);
  BOOST_TEST(refusal().what.starts_with("AWS_CA_BUNDLE: " + file("none")));
  environment["AWS_CA_BUNDLE"] = scratch.write("empty", "");
  BOOST_TEST(refusal().what == "AWS_CA_BUNDLE names a file that holds no certificate");
}

BOOST_FIXTURE_TEST_CASE(proxies_are_the_environments, Home) {
  environment["https_proxy"] = "http://small:1";
  environment["HTTP_PROXY"] = "http://plain:2";
  environment["no_proxy"] = "a,b";
  BOOST_TEST(account().proxy.https_proxy == "http://small:1");
  BOOST_TEST(account().proxy.http_proxy == "http://plain:2");
  BOOST_TEST(account().proxy.no_proxy == "a,b");
  environment["HTTPS_PROXY"] = "http://large:3";
  BOOST_TEST(account().proxy.https_proxy == "http://large:3");
}

BOOST_AUTO_TEST_SUITE_END()
