#include "fake_aws.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "platform/json/writer.hpp"

namespace blindfold::detect {
namespace {

constexpr std::string_view json_type = "Content-Type: application/x-amz-json-1.1\r\n";

/// What stands between `before` and `after`.
std::string between(std::string_view text, std::string_view before, std::string_view after) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(at + before.size());
  return std::string(text.substr(0, text.find(after)));
}

std::string member(std::string_view body, std::string_view name) {
  return between(body, "\"" + std::string(name) + "\":\"", "\"");
}

std::size_t first_of_page(std::string_view body) {
  const std::string token = member(body, "NextToken");
  return token.empty() ? 0 : std::stoul(token);
}

std::string refusal(std::string_view code) {
  return http::test::reply(R"({"__type":")" + std::string(code) + R"("})", json_type,
                           "400 Bad Request");
}

std::string arn_of(const std::string& region, const std::string& secret) {
  return "arn:aws:secretsmanager:" + region + ":123456789012:secret:" + secret + "-AbCdEf";
}

void put_secret(json::Writer& writer, const std::string& region, const std::string& name,
                const FakeAws::Secret& secret, std::string_view stages) {
  writer.begin_object().member("ARN", arn_of(region, name)).member("Name", name);
  writer.key("LastChangedDate").raw("1.7000000005E9");
  if (secret.pending_deletion) {
    writer.key("DeletedDate").raw("1.7100000005E9");
  }
  writer.key(stages).begin_object();
  writer.key("old").begin_array().string("AWSPREVIOUS").end_array();
  writer.key(secret.version).begin_array().string("AWSCURRENT").end_array();
  writer.end_object().end_object();
}

bool begins_like(std::string_view body, const std::string& name) {
  if (!body.contains("\"Filters\"")) {
    return true;
  }
  std::string_view values = body.substr(body.find("\"Values\":[") + 10);
  values = values.substr(0, values.find(']'));
  while (!values.empty()) {
    values.remove_prefix(1);
    const std::string_view prefix = values.substr(0, values.find('"'));
    if (name.starts_with(prefix)) {
      return true;
    }
    values.remove_prefix(std::min(values.size(), prefix.size() + 2));
  }
  return false;
}

}  // namespace

FakeAws::FakeAws(loop::Loop& loop, const base::Clock& clock)
    : clock_(clock), server_(loop, [this](Connection& connection) { serve(connection); }) {
}

std::size_t FakeAws::count(std::string_view operation, std::string_view region) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(asked, [operation, region](const Asked& each) {
        return each.operation == operation && (region.empty() || each.region == region);
      }));
}

void FakeAws::serve(Connection& connection) {
  std::string text;
  while (connection.open() && connection.take_request(text)) {
    const std::string target = between(text, "X-Amz-Target: ", "\r\n");
    const std::string scope = between(text, "Credential=AKID/", ",");
    Asked request{.region = between(scope.substr(scope.find('/')), "/", "/"),
                  .operation = target.substr(target.find('.') + 1),
                  .body = text.substr(text.find("\r\n\r\n") + 4),
                  .at = clock_.now().steady};
    asked.push_back(request);
    switch (regions[request.region].mood) {
      case Region::Mood::well:
        connection.send(answer(request));
        break;
      case Region::Mood::throttles:
        connection.send(refusal("ThrottlingException"));
        break;
      case Region::Mood::resets:
        connection.reset();
        break;
      case Region::Mood::silent:
        break;
    }
  }
}

std::string FakeAws::answer(const Asked& request) const {
  if (denied.contains(request.operation)) {
    return refusal("AccessDeniedException");
  }
  if (request.operation == "DescribeSecret") {
    return describe_secret(request);
  }
  if (request.operation == "ListSecretVersionIds") {
    return list_versions(request);
  }
  if (request.operation == "ListSecrets") {
    return list_secrets(request);
  }
  return request.operation == "DescribeParameters" ? describe_parameters(request)
                                                   : refusal("UnknownOperationException");
}

std::string FakeAws::describe_secret(const Asked& request) const {
  const std::string id = member(request.body, "SecretId");
  for (const auto& [name, secret] : regions.at(request.region).secrets) {
    const std::string arn = arn_of(request.region, name);
    if (id == name || id == arn || id == arn.substr(0, arn.size() - 7)) {
      std::string body;
      json::Writer writer(body);
      put_secret(writer, request.region, name, secret, "VersionIdsToStages");
      return http::test::reply(body, json_type);
    }
  }
  return refusal("ResourceNotFoundException");
}

std::string FakeAws::list_versions(const Asked& request) const {
  const std::string id = member(request.body, "SecretId");
  for (const auto& [name, secret] : regions.at(request.region).secrets) {
    const std::string arn = arn_of(request.region, name);
    if (id != name && id != arn && id != arn.substr(0, arn.size() - 7)) {
      continue;
    }
    std::string body;
    json::Writer writer(body);
    writer.begin_object().member("ARN", arn).member("Name", name).key("Versions").begin_array();
    if (secret.holds_value) {
      writer.begin_object().member("VersionId", secret.version).key("VersionStages");
      writer.begin_array().string("AWSCURRENT").end_array().end_object();
    }
    writer.end_array().end_object();
    return http::test::reply(body, json_type);
  }
  return refusal("ResourceNotFoundException");
}

std::string FakeAws::list_secrets(const Asked& request) const {
  const std::size_t first = first_of_page(request.body);
  std::size_t number = 0;
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("SecretList").begin_array();
  for (const auto& [name, secret] : regions.at(request.region).secrets) {
    if (!begins_like(request.body, name)) {
      continue;
    }
    if (number >= first && number < first + secrets_a_page) {
      put_secret(writer, request.region, name, secret, "SecretVersionsToStages");
    }
    ++number;
  }
  writer.end_array();
  if (first + secrets_a_page < number) {
    writer.member("NextToken", std::to_string(first + secrets_a_page));
  }
  writer.end_object();
  return http::test::reply(body, json_type);
}

std::string FakeAws::describe_parameters(const Asked& request) const {
  const auto& all = regions.at(request.region).parameters;
  const std::size_t first = first_of_page(request.body);
  std::size_t number = 0;
  std::string body;
  json::Writer writer(body);
  writer.begin_object().key("Parameters").begin_array();
  for (const auto& [name, parameter] : all) {
    const bool named = request.body.contains("\"" + name + "\"");
    if (number >= first && number < first + parameters_a_page && named) {
      writer.begin_object().member("Name", name);
      writer.member("ARN", "arn:aws:ssm:" + request.region + ":123456789012:parameter" + name);
      writer.member("Type", parameter.type).member("Version", parameter.version);
      writer.key("LastModifiedDate").raw("1.7000000005E9").end_object();
    }
    ++number;
  }
  writer.end_array();
  if (first + parameters_a_page < all.size()) {
    writer.member("NextToken", std::to_string(first + parameters_a_page));
  }
  writer.end_object();
  return http::test::reply(body, json_type);
}

}  // namespace blindfold::detect
