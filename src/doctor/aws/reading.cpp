#include "doctor/aws/reading.hpp"

#include "platform/json/writer.hpp"

namespace blindfold::doctor {
namespace {

constexpr std::string_view no_version = "00000000-0000-0000-0000-000000000000";
constexpr std::string_view no_secret =
    "blindfold-cannot-exist-00000000-0000-0000-0000-000000000000";
constexpr std::string_view no_parameter_version = ":999999999";
constexpr std::string_view no_label = "blindfold-cannot-exist";

aws::Operation operation(aws::Service service, std::string_view name) {
  return {.service = service, .name = name, .body = {}};
}

std::string versioned(std::string_view name) {
  return std::string(name).append(no_parameter_version);
}

}  // namespace

aws::Operation get_secret_value(std::string_view id) {
  aws::Operation made = operation(aws::Service::secrets_manager, "GetSecretValue");
  json::Writer(made.body)
      .begin_object()
      .member("SecretId", id)
      .member("VersionId", no_version)
      .end_object();
  return made;
}

aws::Operation batch_get_secret_value() {
  aws::Operation made = operation(aws::Service::secrets_manager, "BatchGetSecretValue");
  json::Writer writer(made.body);
  writer.begin_object().key("SecretIdList").begin_array().string(no_secret).end_array();
  writer.end_object();
  return made;
}

aws::Operation get_parameter(std::string_view name) {
  aws::Operation made = operation(aws::Service::ssm, "GetParameter");
  json::Writer(made.body).begin_object().member("Name", versioned(name)).end_object();
  return made;
}

aws::Operation get_parameters(std::string_view name) {
  aws::Operation made = operation(aws::Service::ssm, "GetParameters");
  json::Writer writer(made.body);
  writer.begin_object().key("Names").begin_array().string(versioned(name)).end_array();
  writer.end_object();
  return made;
}

aws::Operation get_parameters_by_path(std::string_view path) {
  aws::Operation made = operation(aws::Service::ssm, "GetParametersByPath");
  json::Writer writer(made.body);
  writer.begin_object().member("Path", path).member("Recursive", true).member("MaxResults", 1);
  writer.key("ParameterFilters").begin_array().begin_object();
  writer.member("Key", "Label").member("Option", "Equals");
  writer.key("Values").begin_array().string(no_label).end_array();
  writer.end_object().end_array().end_object();
  return made;
}

std::string action_of(const aws::Operation& operation) {
  const std::string_view service =
      operation.service == aws::Service::ssm ? "ssm:" : "secretsmanager:";
  return std::string(service).append(operation.name);
}

}  // namespace blindfold::doctor
