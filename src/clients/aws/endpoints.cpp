#include "clients/aws/endpoints.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <utility>

#include "clients/account/proxy.hpp"
#include "clients/account/url.hpp"

namespace blindfold::aws {
namespace {

struct Partition {
  std::string_view regions;  ///< what their names begin with
  std::string_view suffix;   ///< what their hosts end with
};

constexpr std::array<Partition, 6> partitions{{
    {"cn-", "amazonaws.com.cn"},
    {"eusc-", "amazonaws.eu"},
    {"us-iso-", "c2s.ic.gov"},
    {"us-isob-", "sc2s.sgov.gov"},
    {"eu-isoe-", "cloud.adc-e.uk"},
    {"us-isof-", "csp.hci.ic.gov"},
}};
constexpr std::string_view others = "amazonaws.com";
constexpr std::size_t longest_region = 63;  // a label of a host's name

std::string_view suffix_of(std::string_view region) noexcept {
  const auto* const found = std::ranges::find_if(
      partitions, [region](const Partition& each) { return region.starts_with(each.regions); });
  return found == partitions.end() ? others : found->suffix;
}

// In the government's regions the plain names are FIPS's too, but for this one.
bool has_fips_name(ServiceHost host, std::string_view region) noexcept {
  return host == ServiceHost::secrets_manager || !region.starts_with("us-gov-");
}

std::string_view first_label(ServiceHost host) noexcept {
  return host == ServiceHost::sso_portal ? "portal.sso" : signing_name(host);
}

const std::string& chosen(const EndpointChoice& choice, ServiceHost host) noexcept {
  switch (host) {
    case ServiceHost::secrets_manager:
      return choice.secrets_manager;
    case ServiceHost::ssm:
      return choice.ssm;
    case ServiceHost::sts:
      return choice.sts;
    case ServiceHost::sso_portal:
      break;
  }
  return choice.sso;
}

std::string_view variable_of(ServiceHost host) noexcept {
  switch (host) {
    case ServiceHost::secrets_manager:
      return "AWS_ENDPOINT_URL_SECRETS_MANAGER";
    case ServiceHost::ssm:
      return "AWS_ENDPOINT_URL_SSM";
    case ServiceHost::sts:
      return "AWS_ENDPOINT_URL_STS";
    case ServiceHost::sso_portal:
      break;
  }
  return "AWS_ENDPOINT_URL_SSO";
}

std::unexpected<base::Error> wrong(std::string what, std::string hint) {
  return std::unexpected(
      base::Error{base::ErrorKind::configuration, std::move(what), std::move(hint)});
}

base::Result<http::Endpoint> endpoint(const Account& account, std::string what,
                                      std::string_view url, std::string hint) {
  const auto server = account::parse_server_url(url);
  if (!server) {
    return wrong(std::move(what) + " is no http or https URL, or has a user, a query or a fragment",
                 std::move(hint));
  }
  auto proxy = is_link_local(server->host) ? std::optional(std::string())
                                           : account::proxy_for(*server, account.proxy);
  if (!proxy) {
    return wrong("the proxy for " + server->host + " is no URL of an http, https or socks5 proxy",
                 server->tls ? "check HTTPS_PROXY" : "check HTTP_PROXY");
  }
  return http::Endpoint{
      .url = server->text(), .ca_pem = account.ca_pem, .proxy = *std::move(proxy)};
}

}  // namespace

ServiceHost host_of(Service service) noexcept {
  return service == Service::ssm ? ServiceHost::ssm : ServiceHost::secrets_manager;
}

std::string_view signing_name(ServiceHost host) noexcept {
  switch (host) {
    case ServiceHost::secrets_manager:
      return "secretsmanager";
    case ServiceHost::ssm:
      return "ssm";
    case ServiceHost::sts:
      return "sts";
    case ServiceHost::sso_portal:
      break;
  }
  return "sso";
}

std::string endpoint_url(const EndpointChoice& choice, ServiceHost host,
                         const std::string& region) {
  const std::string& own = chosen(choice, host);
  if (const std::string& given = own.empty() ? choice.all : own; !given.empty()) {
    return given.substr(0, given.find_last_not_of('/') + 1);
  }
  std::string url = "https://";
  url += first_label(host);
  url += choice.fips && has_fips_name(host, region) ? "-fips." : ".";
  url += region;
  url += '.';
  url += suffix_of(region);
  return url;
}

base::Result<http::Endpoint> endpoint_of(const Account& account, ServiceHost host,
                                         const std::string& region) {
  if (region.empty()) {
    return wrong("no AWS region is configured", "set AWS_REGION, or `region` in the profile");
  }
  if (!is_region(region)) {
    return wrong("the AWS region is not of a region's form", "it is like eu-west-1");
  }
  return endpoint(account, "the endpoint of " + std::string(signing_name(host)),
                  endpoint_url(account.endpoints, host, region),
                  "check " + std::string(variable_of(host)) +
                      ", AWS_ENDPOINT_URL, and `endpoint_url` in the profile");
}

base::Result<http::Endpoint> endpoint_at(const Account& account, std::string_view what,
                                         std::string_view url) {
  return endpoint(account, std::string(what), url, "it is like http://host:port/path");
}

bool is_link_local(const std::string& host) noexcept {
  in_addr ipv4{};
  if (::inet_pton(AF_INET, host.c_str(), &ipv4) == 1) {
    return (ntohl(ipv4.s_addr) >> 16U) == 0xa9feU;
  }
  in6_addr ipv6{};
  if (::inet_pton(AF_INET6, host.c_str(), &ipv6) != 1) {
    return false;
  }
  constexpr std::array<std::uint8_t, 4> services{0xfd, 0x00, 0x0e, 0xc2};
  const auto& bytes = ipv6.s6_addr;
  return (bytes[0] == 0xfe && (bytes[1] & 0xc0U) == 0x80U) ||
         std::equal(services.begin(), services.end(), std::begin(bytes));
}

bool is_region(std::string_view text) noexcept {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
  };
  return !text.empty() && text.size() <= longest_region && text.front() != '-' &&
         text.back() != '-' && std::ranges::all_of(text, fits);
}

}  // namespace blindfold::aws
