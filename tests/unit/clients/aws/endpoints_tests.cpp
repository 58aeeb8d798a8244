#include "clients/aws/endpoints.hpp"

#include <array>
#include <boost/test/unit_test.hpp>
#include <string>
#include <string_view>

using namespace blindfold;
using namespace blindfold::aws;

namespace {

struct Named {
  const char* region;
  ServiceHost host;
  const char* plain;
  const char* fips;
};

/// What botocore 1.44.5's endpoint rule sets come to.
constexpr std::array resolved{
    Named{"us-east-1", ServiceHost::secrets_manager, "secretsmanager.us-east-1.amazonaws.com",
          "secretsmanager-fips.us-east-1.amazonaws.com"},
    Named{"us-east-1", ServiceHost::ssm, "ssm.us-east-1.amazonaws.com",
          "ssm-fips.us-east-1.amazonaws.com"},
    Named{"us-east-1", ServiceHost::sts, "sts.us-east-1.amazonaws.com",
          "sts-fips.us-east-1.amazonaws.com"},
    Named{"us-east-1", ServiceHost::sso_portal, "portal.sso.us-east-1.amazonaws.com",
          "portal.sso-fips.us-east-1.amazonaws.com"},
    Named{"eu-west-1", ServiceHost::secrets_manager, "secretsmanager.eu-west-1.amazonaws.com",
          "secretsmanager-fips.eu-west-1.amazonaws.com"},
    Named{"eu-west-1", ServiceHost::ssm, "ssm.eu-west-1.amazonaws.com",
          "ssm-fips.eu-west-1.amazonaws.com"},
    Named{"eu-west-1", ServiceHost::sts, "sts.eu-west-1.amazonaws.com",
          "sts-fips.eu-west-1.amazonaws.com"},
    Named{"eu-west-1", ServiceHost::sso_portal, "portal.sso.eu-west-1.amazonaws.com",
          "portal.sso-fips.eu-west-1.amazonaws.com"},
    Named{"us-west-9", ServiceHost::secrets_manager, "secretsmanager.us-west-9.amazonaws.com",
          "secretsmanager-fips.us-west-9.amazonaws.com"},
    Named{"us-west-9", ServiceHost::ssm, "ssm.us-west-9.amazonaws.com",
          "ssm-fips.us-west-9.amazonaws.com"},
    Named{"us-west-9", ServiceHost::sts, "sts.us-west-9.amazonaws.com",
          "sts-fips.us-west-9.amazonaws.com"},
    Named{"us-west-9", ServiceHost::sso_portal, "portal.sso.us-west-9.amazonaws.com",
          "portal.sso-fips.us-west-9.amazonaws.com"},
    Named{"moon-base-1", ServiceHost::secrets_manager, "secretsmanager.moon-base-1.amazonaws.com",
          "secretsmanager-fips.moon-base-1.amazonaws.com"},
    Named{"moon-base-1", ServiceHost::ssm, "ssm.moon-base-1.amazonaws.com",
          "ssm-fips.moon-base-1.amazonaws.com"},
    Named{"moon-base-1", ServiceHost::sts, "sts.moon-base-1.amazonaws.com",
          "sts-fips.moon-base-1.amazonaws.com"},
    Named{"moon-base-1", ServiceHost::sso_portal, "portal.sso.moon-base-1.amazonaws.com",
          "portal.sso-fips.moon-base-1.amazonaws.com"},
    Named{"cn-north-1", ServiceHost::secrets_manager, "secretsmanager.cn-north-1.amazonaws.com.cn",
          "secretsmanager-fips.cn-north-1.amazonaws.com.cn"},
    Named{"cn-north-1", ServiceHost::ssm, "ssm.cn-north-1.amazonaws.com.cn",
          "ssm-fips.cn-north-1.amazonaws.com.cn"},
    Named{"cn-north-1", ServiceHost::sts, "sts.cn-north-1.amazonaws.com.cn",
          "sts-fips.cn-north-1.amazonaws.com.cn"},
    Named{"cn-north-1", ServiceHost::sso_portal, "portal.sso.cn-north-1.amazonaws.com.cn",
          "portal.sso-fips.cn-north-1.amazonaws.com.cn"},
    Named{"cn-northwest-1", ServiceHost::secrets_manager,
          "secretsmanager.cn-northwest-1.amazonaws.com.cn",
          "secretsmanager-fips.cn-northwest-1.amazonaws.com.cn"},
    Named{"cn-northwest-1", ServiceHost::ssm, "ssm.cn-northwest-1.amazonaws.com.cn",
          "ssm-fips.cn-northwest-1.amazonaws.com.cn"},
    Named{"cn-northwest-1", ServiceHost::sts, "sts.cn-northwest-1.amazonaws.com.cn",
          "sts-fips.cn-northwest-1.amazonaws.com.cn"},
    Named{"cn-northwest-1", ServiceHost::sso_portal, "portal.sso.cn-northwest-1.amazonaws.com.cn",
          "portal.sso-fips.cn-northwest-1.amazonaws.com.cn"},
    Named{"us-gov-east-1", ServiceHost::secrets_manager,
          "secretsmanager.us-gov-east-1.amazonaws.com",
          "secretsmanager-fips.us-gov-east-1.amazonaws.com"},
    Named{"us-gov-east-1", ServiceHost::ssm, "ssm.us-gov-east-1.amazonaws.com",
          "ssm.us-gov-east-1.amazonaws.com"},
    Named{"us-gov-east-1", ServiceHost::sts, "sts.us-gov-east-1.amazonaws.com",
          "sts.us-gov-east-1.amazonaws.com"},
    Named{"us-gov-east-1", ServiceHost::sso_portal, "portal.sso.us-gov-east-1.amazonaws.com",
          "portal.sso.us-gov-east-1.amazonaws.com"},
    Named{"us-gov-west-1", ServiceHost::secrets_manager,
          "secretsmanager.us-gov-west-1.amazonaws.com",
          "secretsmanager-fips.us-gov-west-1.amazonaws.com"},
    Named{"us-gov-west-1", ServiceHost::ssm, "ssm.us-gov-west-1.amazonaws.com",
          "ssm.us-gov-west-1.amazonaws.com"},
    Named{"us-gov-west-1", ServiceHost::sts, "sts.us-gov-west-1.amazonaws.com",
          "sts.us-gov-west-1.amazonaws.com"},
    Named{"us-gov-west-1", ServiceHost::sso_portal, "portal.sso.us-gov-west-1.amazonaws.com",
          "portal.sso.us-gov-west-1.amazonaws.com"},
    Named{"us-iso-east-1", ServiceHost::secrets_manager, "secretsmanager.us-iso-east-1.c2s.ic.gov",
          "secretsmanager-fips.us-iso-east-1.c2s.ic.gov"},
    Named{"us-iso-east-1", ServiceHost::ssm, "ssm.us-iso-east-1.c2s.ic.gov",
          "ssm-fips.us-iso-east-1.c2s.ic.gov"},
    Named{"us-iso-east-1", ServiceHost::sts, "sts.us-iso-east-1.c2s.ic.gov",
          "sts-fips.us-iso-east-1.c2s.ic.gov"},
    Named{"us-iso-east-1", ServiceHost::sso_portal, "portal.sso.us-iso-east-1.c2s.ic.gov",
          "portal.sso-fips.us-iso-east-1.c2s.ic.gov"},
    Named{"us-isob-west-1", ServiceHost::secrets_manager,
          "secretsmanager.us-isob-west-1.sc2s.sgov.gov",
          "secretsmanager-fips.us-isob-west-1.sc2s.sgov.gov"},
    Named{"us-isob-west-1", ServiceHost::ssm, "ssm.us-isob-west-1.sc2s.sgov.gov",
          "ssm-fips.us-isob-west-1.sc2s.sgov.gov"},
    Named{"us-isob-west-1", ServiceHost::sts, "sts.us-isob-west-1.sc2s.sgov.gov",
          "sts-fips.us-isob-west-1.sc2s.sgov.gov"},
    Named{"us-isob-west-1", ServiceHost::sso_portal, "portal.sso.us-isob-west-1.sc2s.sgov.gov",
          "portal.sso-fips.us-isob-west-1.sc2s.sgov.gov"},
    Named{"eu-isoe-west-1", ServiceHost::secrets_manager,
          "secretsmanager.eu-isoe-west-1.cloud.adc-e.uk",
          "secretsmanager-fips.eu-isoe-west-1.cloud.adc-e.uk"},
    Named{"eu-isoe-west-1", ServiceHost::ssm, "ssm.eu-isoe-west-1.cloud.adc-e.uk",
          "ssm-fips.eu-isoe-west-1.cloud.adc-e.uk"},
    Named{"eu-isoe-west-1", ServiceHost::sts, "sts.eu-isoe-west-1.cloud.adc-e.uk",
          "sts-fips.eu-isoe-west-1.cloud.adc-e.uk"},
    Named{"eu-isoe-west-1", ServiceHost::sso_portal, "portal.sso.eu-isoe-west-1.cloud.adc-e.uk",
          "portal.sso-fips.eu-isoe-west-1.cloud.adc-e.uk"},
    Named{"us-isof-south-1", ServiceHost::secrets_manager,
          "secretsmanager.us-isof-south-1.csp.hci.ic.gov",
          "secretsmanager-fips.us-isof-south-1.csp.hci.ic.gov"},
    Named{"us-isof-south-1", ServiceHost::ssm, "ssm.us-isof-south-1.csp.hci.ic.gov",
          "ssm-fips.us-isof-south-1.csp.hci.ic.gov"},
    Named{"us-isof-south-1", ServiceHost::sts, "sts.us-isof-south-1.csp.hci.ic.gov",
          "sts-fips.us-isof-south-1.csp.hci.ic.gov"},
    Named{"us-isof-south-1", ServiceHost::sso_portal, "portal.sso.us-isof-south-1.csp.hci.ic.gov",
          "portal.sso-fips.us-isof-south-1.csp.hci.ic.gov"},
    Named{"eusc-de-east-1", ServiceHost::secrets_manager,
          "secretsmanager.eusc-de-east-1.amazonaws.eu",
          "secretsmanager-fips.eusc-de-east-1.amazonaws.eu"},
    Named{"eusc-de-east-1", ServiceHost::ssm, "ssm.eusc-de-east-1.amazonaws.eu",
          "ssm-fips.eusc-de-east-1.amazonaws.eu"},
    Named{"eusc-de-east-1", ServiceHost::sts, "sts.eusc-de-east-1.amazonaws.eu",
          "sts-fips.eusc-de-east-1.amazonaws.eu"},
    Named{"eusc-de-east-1", ServiceHost::sso_portal, "portal.sso.eusc-de-east-1.amazonaws.eu",
          "portal.sso-fips.eusc-de-east-1.amazonaws.eu"},
};

EndpointChoice fips() {
  EndpointChoice choice;
  choice.fips = true;
  return choice;
}

/// The address of STS, and through which proxy.
std::string way(const std::string& url, const account::ProxyVariables& proxy) {
  Account account;
  account.endpoints.sts = url;
  account.proxy = proxy;
  const auto endpoint = endpoint_of(account, ServiceHost::sts, "eu-west-1");
  return endpoint ? endpoint->url + " " + endpoint->proxy : endpoint.error().what;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(endpoints_tests)

BOOST_AUTO_TEST_CASE(names_as_botocore_has_them) {
  for (const Named& each : resolved) {
    BOOST_TEST(endpoint_url({}, each.host, each.region) == "https://" + std::string(each.plain));
    BOOST_TEST(endpoint_url(fips(), each.host, each.region) == "https://" + std::string(each.fips));
  }
}

BOOST_AUTO_TEST_CASE(the_services_own_url_counts_before_the_one_for_all) {
  const EndpointChoice choice{.all = "http://all:1/",
                              .secrets_manager = "http://secrets:2//",
                              .ssm = "http://parameters:3/base/",
                              .sts = "http://tokens:4",
                              .sso = {},
                              .fips = true};
  BOOST_TEST(endpoint_url(choice, ServiceHost::secrets_manager, "eu-west-1") == "http://secrets:2");
  BOOST_TEST(endpoint_url(choice, ServiceHost::ssm, "eu-west-1") == "http://parameters:3/base");
  BOOST_TEST(endpoint_url(choice, ServiceHost::sts, "eu-west-1") == "http://tokens:4");
  BOOST_TEST(endpoint_url(choice, ServiceHost::sso_portal, "eu-west-1") == "http://all:1");
  EndpointChoice portal;
  portal.sso = "https://portal";
  BOOST_TEST(endpoint_url(portal, ServiceHost::sso_portal, "eu-west-1") == "https://portal");
}

BOOST_AUTO_TEST_CASE(an_endpoint_has_the_accounts_certificates) {
  Account account;
  account.ca_pem = "certificates";
  const auto endpoint = endpoint_of(account, ServiceHost::ssm, "eu-west-1");
  BOOST_REQUIRE(endpoint.has_value());
  BOOST_TEST(endpoint->url == "https://ssm.eu-west-1.amazonaws.com:443");
  BOOST_TEST(endpoint->ca_pem == "certificates");
  BOOST_TEST(endpoint->proxy == "");
  BOOST_TEST(endpoint->verify);
}

BOOST_AUTO_TEST_CASE(what_is_no_region_is_in_no_hosts_name) {
  for (const std::string& region :
       {std::string(), std::string("evil.example/"), std::string("a#"), std::string("eu west"),
        std::string("EU-WEST-1"), std::string("-x"), std::string("x-"), std::string(64, 'a')}) {
    const auto endpoint = endpoint_of({}, ServiceHost::ssm, region);
    BOOST_REQUIRE(!endpoint.has_value());
    BOOST_TEST((endpoint.error().kind == base::ErrorKind::configuration));
    BOOST_TEST(!endpoint.error().hint.empty());
  }
  BOOST_TEST(is_region("eusc-de-east-1"));
  BOOST_TEST(is_region(std::string(63, 'a')));
}

BOOST_AUTO_TEST_CASE(urls_that_cannot_be_used) {
  for (const char* const url : {"ftp://x", "x", "https://", "https://user:hunter2@x",
                                "https://x?hunter2", "https://x#hunter2", "https://x/ hunter2"}) {
    const std::string said = way(url, {});
    BOOST_TEST(said.starts_with("the endpoint of sts is no http or https URL"), url);
    BOOST_TEST(!said.contains("hunter2"));
  }
  BOOST_TEST(way("http://127.0.0.1:5000", {}) == "http://127.0.0.1:5000 ");
}

BOOST_AUTO_TEST_CASE(proxies_lead_to_services_and_never_to_link_local_addresses) {
  const account::ProxyVariables proxy{
      .https_proxy = "http://secure:1", .http_proxy = "http://plain:2", .no_proxy = "inside"};
  BOOST_TEST(way("", proxy) == "https://sts.eu-west-1.amazonaws.com:443 http://secure:1");
  BOOST_TEST(way("http://moto:80", proxy) == "http://moto:80 http://plain:2");
  BOOST_TEST(way("https://x.inside", proxy) == "https://x.inside:443 ");
  BOOST_TEST(way("http://169.254.169.254", proxy) == "http://169.254.169.254:80 ");
  BOOST_TEST(way("http://169.255.0.1", proxy) == "http://169.255.0.1:80 http://plain:2");
  BOOST_TEST(way("http://[fd00:ec2::23]/v1", proxy) == "http://[fd00:ec2::23]:80/v1 ");
  BOOST_TEST(way("http://[fe80::1]", proxy) == "http://[fe80::1]:80 ");
  BOOST_TEST(way("http://[fd00:ec3::23]", proxy) == "http://[fd00:ec3::23]:80 http://plain:2");
  BOOST_TEST(way("http://localhost:4566", proxy) == "http://localhost:4566 ");
  BOOST_TEST(way("https://x", {.https_proxy = "ftp://p", .http_proxy = {}, .no_proxy = {}}) ==
             "the proxy for x is no URL of an http, https or socks5 proxy");
}

BOOST_AUTO_TEST_CASE(an_address_that_is_no_regions) {
  const auto endpoint = endpoint_at({}, "the container's endpoint", "http://169.254.170.2/v2/x");
  BOOST_REQUIRE(endpoint.has_value());
  BOOST_TEST(endpoint->url == "http://169.254.170.2:80/v2/x");
  const auto wrong = endpoint_at({}, "the container's endpoint", "169.254.170.2");
  BOOST_REQUIRE(!wrong.has_value());
  BOOST_TEST(wrong.error().what.starts_with("the container's endpoint is no http"));
}

BOOST_AUTO_TEST_CASE(names_in_signatures) {
  BOOST_TEST(signing_name(host_of(Service::secrets_manager)) == "secretsmanager");
  BOOST_TEST(signing_name(host_of(Service::ssm)) == "ssm");
  BOOST_TEST(signing_name(ServiceHost::sts) == "sts");
}

BOOST_AUTO_TEST_SUITE_END()
