#include "clients/aws/account_settings.hpp"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "clients/account/file.hpp"
#include "clients/account/url.hpp"
#include "core/manifest/characters.hpp"

namespace blindfold::aws {
namespace {

std::unexpected<base::Error> wrong(const std::string& where, std::string_view what,
                                   std::string hint = {}) {
  return std::unexpected(base::Error{base::ErrorKind::configuration,
                                     where + ' ' + std::string(what), std::move(hint)});
}

bool is_true(std::string_view text) noexcept {
  return std::ranges::equal(text, std::string_view("true"), {}, [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
}

/// What is said, and where: the variable's name, or the file and line.
struct Said {
  std::string text;
  std::string where;
};

class Settings final {
 public:
  Settings(const Environment& environment, const Profiles& profiles) noexcept
      : environment_(environment), profiles_(profiles) {}

  base::Result<> add(Account& account) const {
    account.proxy = {.https_proxy = either("HTTPS_PROXY", "https_proxy"),
                     .http_proxy = either("HTTP_PROXY", "http_proxy"),
                     .no_proxy = either("NO_PROXY", "no_proxy")};
    account.endpoints.fips = is_true(said("AWS_USE_FIPS_ENDPOINT", "use_fips_endpoint").text);
    if (auto added = add_region(account); !added) {
      return added;
    }
    if (auto added = add_endpoints(account.endpoints); !added) {
      return added;
    }
    return add_certificates(account);
  }

 private:
  [[nodiscard]] std::string either(std::string_view name, std::string_view otherwise) const {
    const std::string value = variable(environment_, name);
    return value.empty() ? variable(environment_, otherwise) : value;
  }

  [[nodiscard]] Said said_in_profile(std::string_view key) const {
    const auto value = profiles_.find(profiles_.chosen(), key);
    return value ? Said{value->text, value->at + ": `" + std::string(key) + '`'} : Said{};
  }

  [[nodiscard]] Said said_in_environment(std::string_view name) const {
    return {variable(environment_, name), std::string(name)};
  }

  [[nodiscard]] Said said(std::string_view name, std::string_view key) const {
    const Said found = said_in_environment(name);
    return found.text.empty() ? said_in_profile(key) : found;
  }

  base::Result<> add_region(Account& account) const {
    Said region = said_in_environment("AWS_REGION");
    if (region.text.empty()) {
      region = said("AWS_DEFAULT_REGION", "region");
    }
    // It becomes a part of host names.
    if (!region.text.empty() && !manifest::is_label(region.text, false, 63)) {
      return wrong(region.where, "is no region's name", "such as eu-west-1");
    }
    account.region = std::move(region.text);
    return {};
  }

  base::Result<> add_endpoints(EndpointChoice& endpoints) const {
    if (is_true(
            said("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "ignore_configured_endpoint_urls").text)) {
      return {};
    }
    const std::string services = profiles_.chosen_value("services");
    if (!services.empty() && variable(environment_, "AWS_ENDPOINT_URL").empty() &&
        !profiles_.has(SectionKind::services, services)) {
      return wrong(said_in_profile("services").where, "names no `[services]` section");
    }
    if (auto added = take(endpoints.all, said("AWS_ENDPOINT_URL", "endpoint_url")); !added) {
      return added;
    }
    struct Each {
      std::string& url;
      std::string_view variable;
      std::string_view key;
    };
    for (const Each& each : {Each{endpoints.secrets_manager, "AWS_ENDPOINT_URL_SECRETS_MANAGER",
                                  "secrets_manager.endpoint_url"},
                             Each{endpoints.ssm, "AWS_ENDPOINT_URL_SSM", "ssm.endpoint_url"},
                             Each{endpoints.sts, "AWS_ENDPOINT_URL_STS", "sts.endpoint_url"},
                             Each{endpoints.sso, "AWS_ENDPOINT_URL_SSO", "sso.endpoint_url"}}) {
      if (auto added = take(each.url, said_of_service(each.variable, services, each.key)); !added) {
        return added;
      }
    }
    return {};
  }

  [[nodiscard]] Said said_of_service(std::string_view name, const std::string& services,
                                     std::string_view key) const {
    Said found = said_in_environment(name);
    if (found.text.empty() && variable(environment_, "AWS_ENDPOINT_URL").empty()) {
      const auto value = profiles_.find(SectionKind::services, services, key);
      return value ? Said{value->text, value->at + ": `endpoint_url`"} : Said{};
    }
    return found;
  }

  static base::Result<> take(std::string& url, const Said& said) {
    if (said.text.empty()) {
      return {};
    }
    const auto server = account::parse_server_url(said.text);
    if (!server) {
      return wrong(said.where, "is no http or https URL");
    }
    url = said.text.substr(0, said.text.find_last_not_of('/') + 1);
    return {};
  }

  base::Result<> add_certificates(Account& account) const {
    const Said bundle = said("AWS_CA_BUNDLE", "ca_bundle");
    if (bundle.text.empty()) {
      return {};
    }
    auto pem = account::read_text(profiles_.absolute(bundle.text), account::largest_certificate);
    if (!pem) {
      pem.error().what = bundle.where + ": " + pem.error().what;
      return std::unexpected(std::move(pem.error()));
    }
    if (pem->empty()) {
      return wrong(bundle.where, "names a file that holds no certificate");
    }
    account.ca_pem = *std::move(pem);
    return {};
  }

  const Environment& environment_;
  const Profiles& profiles_;
};

}  // namespace

base::Result<> add_settings(Account& account, const Environment& environment,
                            const Profiles& profiles) {
  return Settings(environment, profiles).add(account);
}

}  // namespace blindfold::aws
