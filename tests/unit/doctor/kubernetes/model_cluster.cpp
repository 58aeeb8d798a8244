#include "unit/doctor/kubernetes/model_cluster.hpp"

#include <algorithm>
#include <iterator>
#include <sstream>

namespace blindfold::doctor::test {
namespace {

using Connection = http::test::ScriptedServer::Connection;

std::vector<std::string> words_of(std::string_view text) {
  std::istringstream stream{std::string(text)};
  return {std::istream_iterator<std::string>(stream), {}};
}

std::string list_of(std::string_view text) {
  std::string list;
  for (const std::string& word : words_of(text)) {
    list += (list.empty() ? "\"" : ",\"") + word + "\"";
  }
  return "[" + list + "]";
}

// Between `before` and the next of `ends`.
std::string part(std::string_view text, std::string_view before, std::string_view ends) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) {
    return {};
  }
  text.remove_prefix(at + before.size());
  return std::string(text.substr(0, text.find_first_of(ends)));
}

std::string forbidden() {
  return status_reply(403, "Forbidden", "secrets is forbidden: User cannot do that");
}

std::string metadata() {
  return json_reply(
      R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":"n"}})",
      "201 Created");
}

std::string table() {
  return json_reply(
      R"({"kind":"Table","apiVersion":"meta.k8s.io/v1","metadata":{"resourceVersion":"7"},)"
      R"("columnDefinitions":[{"name":"Name","type":"string"}],)"
      R"("rows":[{"cells":["db","Opaque",1,"5s"],"object":null}]})");
}

}  // namespace

std::string rule(std::string_view verbs, std::string_view resources, std::string_view names,
                 std::string_view group) {
  std::string text = R"({"verbs":)" + list_of(verbs) + R"(,"apiGroups":[")" + std::string(group) +
                     R"("],"resources":)" + list_of(resources);
  if (!names.empty()) {
    text += R"(,"resourceNames":)" + list_of(names);
  }
  return text + "}";
}

std::string json_reply(std::string_view body, std::string_view status) {
  return http::test::reply(body, "Content-Type: application/json\r\n", status);
}

std::string status_reply(int code, std::string_view reason, std::string_view message,
                         std::string_view causes, std::string_view kind) {
  return json_reply(R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",)"
                    R"("message":")" +
                        std::string(message) + R"(","reason":")" + std::string(reason) +
                        R"(","details":{"name":"db","kind":")" + std::string(kind) +
                        R"(","causes":[)" + std::string(causes) + R"(]},"code":)" +
                        std::to_string(code) + "}",
                    std::to_string(code) + " Refused");
}

std::string printed_policy() {
  return R"_({"kind":"ValidatingAdmissionPolicy","apiVersion":"admissionregistration.k8s.io/v1",)_"
         R"_("metadata":{"name":"blindfold-ask-only","generation":1,"managedFields":[)_"
         R"_({"fieldsV1":{"f:spec":{"f:paramKind":{}}}}]},)_"
         R"_("spec":{"matchConstraints":{"namespaceSelector":{},"objectSelector":{},)_"
         R"_("resourceRules":[{"operations":["CREATE","UPDATE"],"apiGroups":[""],)_"
         R"_("apiVersions":["v1"],"resources":["secrets"],"scope":"*"}],)_"
         R"_("matchPolicy":"Equivalent"},)_"
         R"_("validations":[{"expression":"request.dryRun == true","message":"ask"},)_"
         R"_({"expression":"!has(object.data) || object.data.all(k, object.data[k] == '')"},)_"
         R"_({"expression":"!has(object.metadata.annotations) \u0026\u0026 )_"
         R"_(!has(object.metadata.finalizers)"}],"failurePolicy":"Fail",)_"
         R"_("matchConditions":[{"name":"the-agent","expression":)_"
         R"_("request.userInfo.username == 'system:serviceaccount:app:blindfold'"}]},"status":{}})_";
}

std::string printed_binding() {
  return R"({"kind":"ValidatingAdmissionPolicyBinding",)"
         R"("apiVersion":"admissionregistration.k8s.io/v1",)"
         R"("metadata":{"name":"blindfold-ask-only"},)"
         R"("spec":{"policyName":"blindfold-ask-only","validationActions":["Deny"]}})";
}

ModelCluster::ModelCluster(loop::Loop& loop)
    : rules{rule("update", "secrets", "db"), rule("create", "secrets")},
      policies{{"validatingadmissionpolicies", printed_policy()},
               {"validatingadmissionpolicybindings", printed_binding()}},
      server_(loop, [this](Connection& from) {
        std::string request;
        while (from.take_request(request)) {
          from.send(answer(request));
        }
      }) {
}

kubernetes::Account ModelCluster::account() const {
  kubernetes::Account account;
  account.endpoint.url = server_.url();
  account.name_space = "app";
  return account;
}

std::vector<std::string> ModelCluster::asked() const {
  std::vector<std::string> lines;
  for (const std::string& request : server_.requests()) {
    lines.push_back(request.substr(0, request.find(" HTTP/")));
  }
  return lines;
}

std::string ModelCluster::answer(const std::string& request) const {
  const std::string line = request.substr(0, request.find(" HTTP/"));
  for (const auto& [beginning, reply] : instead) {
    if (line.contains(beginning)) {
      return reply;
    }
  }
  const std::size_t space = line.find(' ');
  const std::string method = line.substr(0, space);
  const std::string target = line.substr(space + 1);
  const std::string body = request.substr(request.find("\r\n\r\n") + 4);
  if (target.contains("review")) {
    return review(target, body);
  }
  return target.contains("/secrets") ? on_secrets(method, target, body) : policy(target);
}

std::string ModelCluster::review(std::string_view target, std::string_view body) const {
  if (target.ends_with("selfsubjectreviews")) {
    return json_reply(
        R"({"kind":"SelfSubjectReview","apiVersion":"authentication.k8s.io/v1","status":)"
        R"({"userInfo":{"username":"system:serviceaccount:app:blindfold","uid":"1"}}})",
        "201 Created");
  }
  if (target.ends_with("selfsubjectaccessreviews")) {
    std::string right = part(body, R"("verb":")", "\"") + " " + part(body, R"("resource":")", "\"");
    if (const std::string below = part(body, R"("subresource":")", "\""); !below.empty()) {
      right += "/" + below;
    }
    return json_reply(R"({"kind":"SelfSubjectAccessReview","apiVersion":"authorization.k8s.io/v1",)"
                      R"("status":{"allowed":)" +
                          std::string(allowed_singly.contains(right) ? "true" : "false") + "}}",
                      "201 Created");
  }
  std::string text = R"({"verbs":["create"],"apiGroups":["authorization.k8s.io"],)"
                     R"("resources":["selfsubjectaccessreviews","selfsubjectrulesreviews"]})";
  for (const std::string& each : rules) {
    text += "," + each;
  }
  return json_reply(R"({"kind":"SelfSubjectRulesReview","apiVersion":"authorization.k8s.io/v1",)"
                    R"("status":{"resourceRules":[)" +
                        text + R"(],"nonResourceRules":[],"incomplete":)" +
                        (incomplete ? "true" : "false") + "}}",
                    "201 Created");
}

std::string ModelCluster::on_secrets(std::string_view method, std::string_view target,
                                     std::string_view body) const {
  const std::string name = part(target, "/secrets/", "?");
  if (method == "PUT") {
    return update(name, body);
  }
  if (method == "GET") {
    if (!verbs.contains(name.empty() ? "list" : "get")) {
      return forbidden();
    }
    return name.empty() || secrets.contains(name) ? table() : status_reply(404, "NotFound");
  }
  if (!verbs.contains("create")) {
    return forbidden();
  }
  const bool refused = (body.contains("\"data\"") && policy_refuses.contains("create")) ||
                       (body.contains("\"annotations\"") && policy_refuses.contains("annotation"));
  return refused ? refused_by_policy() : metadata();
}

std::string ModelCluster::update(const std::string& name, std::string_view body) const {
  if (!verbs.contains("update")) {
    return forbidden();
  }
  if (!secrets.contains(name)) {
    return status_reply(404, "NotFound");
  }
  if (immutable.contains(name)) {
    return status_reply(422, "Invalid", "data: Forbidden: field is immutable when it is set",
                        R"({"reason":"FieldValueForbidden","field":"data"})", "Secret");
  }
  const bool refused = body.contains("\"data\"") && policy_refuses.contains("update");
  return refused ? refused_by_policy() : metadata();
}

std::string ModelCluster::policy(std::string_view target) const {
  const std::string resource = part(target, "/v1/", "/");
  if (!may_read_policies) {
    return status_reply(403, "Forbidden", "", "", resource);
  }
  const auto found = policies.find(resource);
  return found == policies.end() ? status_reply(404, "NotFound", "", "", resource)
                                 : json_reply(found->second);
}

std::string ModelCluster::refused_by_policy() const {
  return status_reply(422, "Invalid",
                      "secrets is forbidden: ValidatingAdmissionPolicy '" + refusing_policy +
                          "' with binding 'any' denied request: this account sends no values");
}

}  // namespace blindfold::doctor::test
