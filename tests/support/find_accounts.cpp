// Says what environments come to, for a test that compares with botocore. On
// standard input one environment a line, a JSON object of variables; on standard
// output one line each, an object: the region, the endpoints, and the first
// source's steps from the last role to where it begins; or "error".

#include <boost/json.hpp>
#include <iostream>
#include <string>
#include <utility>
#include <variant>

#include "clients/aws/find_account.hpp"

namespace {

namespace json = boost::json;
using namespace blindfold::aws;

void add_steps(const Source& source, json::array& steps);

/// By botocore's words for it.
struct Step {
  json::array& steps;

  void operator()(const EnvironmentKeys& keys) const {
    steps.push_back(json::array{"env", keys.credentials.access_key_id});
  }
  void operator()(const ProfileKeys& keys) const {
    const bool config = keys.kind == SharedFile::config;
    steps.push_back(json::array{config ? "config-file" : "shared-credentials-file",
                                keys.credentials.access_key_id});
  }
  void operator()(const WebIdentity& identity) const {
    steps.push_back(json::array{"assume-role-with-web-identity", identity.role_arn});
  }
  void operator()(const AssumedRole& role) const {
    steps.push_back(json::array{"assume-role", role.role_arn, role.external_id,
                                role.duration ? role.duration->count() : 0});
    add_steps(*role.source, steps);
  }
  void operator()(const Process& process) const {
    json::array words(process.arguments.begin(), process.arguments.end());
    steps.push_back(json::array{"custom-process", std::move(words)});
  }
  void operator()(const SingleSignOn& sign_in) const {
    steps.push_back(json::array{"sso", sign_in.account_id, sign_in.role_name, sign_in.region,
                                sign_in.cache_file});
  }
  void operator()(const Container& container) const {
    steps.push_back(json::array{"container-role", container.url});
  }
  void operator()(const Instance& instance) const {
    steps.push_back(json::array{"iam-role", instance.endpoint});
  }
};

void add_steps(const Source& source, json::array& steps) {
  std::visit(Step{steps}, source.kind);
}

json::object answer_to(const json::object& variables) {
  Environment environment;
  for (const auto& [name, value] : variables) {
    environment.emplace(std::string(name), json::value_to<std::string>(value));
  }
  const auto account = find_account(environment);
  if (!account) {
    return {{"error", account.error().what}};
  }
  const EndpointChoice& endpoints = account->endpoints;
  json::array steps;
  if (!account->sources.empty()) {
    add_steps(account->sources.front(), steps);
  }
  return {{"region", account->region},
          {"all", endpoints.all},
          {"secretsmanager", endpoints.secrets_manager},
          {"ssm", endpoints.ssm},
          {"sts", endpoints.sts},
          {"sso", endpoints.sso},
          {"fips", endpoints.fips},
          {"steps", std::move(steps)}};
}

}  // namespace

int main() {
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << json::serialize(answer_to(json::parse(line).as_object())) << '\n';
  }
  return 0;
}
