#include "clients/aws/operations.hpp"

#include "platform/json/writer.hpp"

namespace blindfold::aws {
namespace {

constexpr int secrets_a_page = 100;
constexpr int parameters_a_page = 50;

void put_next(json::Writer& writer, std::string_view next) {
  if (!next.empty()) {
    writer.member("NextToken", next);
  }
}

void put_names(json::Writer& writer, std::string_view key, std::span<const std::string> names) {
  writer.key(key).begin_array();
  for (const std::string& name : names) {
    writer.string(name);
  }
  writer.end_array();
}

}  // namespace

Operation describe_secret(std::string_view id) {
  Operation operation{.service = Service::secrets_manager, .name = "DescribeSecret", .body = {}};
  json::Writer(operation.body).begin_object().member("SecretId", id).end_object();
  return operation;
}

Operation list_secret_version_ids(std::string_view id, std::string_view next) {
  Operation operation{
      .service = Service::secrets_manager, .name = "ListSecretVersionIds", .body = {}};
  json::Writer writer(operation.body);
  writer.begin_object().member("SecretId", id).member("MaxResults", secrets_a_page);
  put_next(writer, next);
  writer.end_object();
  return operation;
}

Operation list_secrets(std::span<const std::string> prefixes, std::string_view next) {
  Operation operation{.service = Service::secrets_manager, .name = "ListSecrets", .body = {}};
  json::Writer writer(operation.body);
  writer.begin_object().member("MaxResults", secrets_a_page);
  writer.member("IncludePlannedDeletion", true);
  if (!prefixes.empty()) {
    writer.key("Filters").begin_array().begin_object().member("Key", "name");
    put_names(writer, "Values", prefixes);
    writer.end_object().end_array();
  }
  put_next(writer, next);
  writer.end_object();
  return operation;
}

Operation describe_parameters(std::span<const std::string> names, std::string_view next) {
  Operation operation{.service = Service::ssm, .name = "DescribeParameters", .body = {}};
  json::Writer writer(operation.body);
  writer.begin_object().member("MaxResults", parameters_a_page);
  if (!names.empty()) {
    writer.key("ParameterFilters").begin_array().begin_object();
    writer.member("Key", "Name").member("Option", "Equals");
    put_names(writer, "Values", names);
    writer.end_object().end_array();
  }
  put_next(writer, next);
  writer.end_object();
  return operation;
}

}  // namespace blindfold::aws
