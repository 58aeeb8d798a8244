#include "fake_replies.hpp"

#include "unit/platform/http/scripted_server.hpp"

namespace blindfold::detect {
namespace {

constexpr std::string_view json = "Content-Type: application/json\r\n";

}  // namespace

namespace fake {

std::string quoted(std::string_view text) {
  return '"' + std::string(text) + '"';
}

std::string list_of(const std::vector<std::string>& words) {
  std::string text = "[";
  for (const std::string& word : words) {
    text += (text.size() > 1 ? "," : "") + quoted(word);
  }
  return text + "]";
}

std::string details(std::string_view kind, std::string_view name, std::string_view causes) {
  return R"({"name":)" + quoted(name) + R"(,"kind":)" + quoted(kind) +
         (causes.empty() ? "" : R"(,"causes":[)" + std::string(causes) + "]") + "}";
}

std::string cause(std::string_view field, std::string_view message) {
  return R"({"reason":"FieldValueInvalid","message":)" + quoted(message) + R"(,"field":)" +
         quoted(field) + "}";
}

std::string object(std::string_view body, std::string_view status) {
  return http::test::reply(body, json, status);
}

std::string meta(const std::string& name, std::uint64_t version, bool deleting) {
  return R"({"kind":"PartialObjectMetadata","apiVersion":"meta.k8s.io/v1","metadata":{"name":)" +
         quoted(name) + R"(,"uid":"a-uid","resourceVersion":")" + std::to_string(version) + '"' +
         (deleting ? R"(,"deletionTimestamp":"2026-11-23T12:00:00Z")" : "") + "}}";
}

std::string columns(const std::string& resource) {
  std::vector<const char*> names{"Name", "Type", "Data", "Age"};
  if (resource == "events") {
    names = {"Last Seen", "Type", "Reason", "Object", "Message"};
  } else if (resource == "resourcequotas") {
    names = {"Name", "Request", "Limit", "Age"};
  }
  std::string text;
  for (const char* const name : names) {
    text += (text.empty() ? "" : ",") + (R"({"name":)" + quoted(name) + R"(,"type":"string"})");
  }
  return "[" + text + "]";
}

std::string chunk(std::string_view text) {
  std::string size;
  for (std::size_t rest = text.size(); rest > 0; rest /= 16) {
    size.insert(size.begin(), std::string_view("0123456789abcdef")[rest % 16]);
  }
  return size + "\r\n" + std::string(text) + "\r\n";
}

}  // namespace fake

std::string status_reply(int code, std::string_view reason, std::string_view message,
                         std::string_view details, std::string_view fields) {
  using fake::quoted;
  const std::string body =
      R"({"kind":"Status","apiVersion":"v1","metadata":{},"status":"Failure",)" +
      (R"("message":)" + quoted(message)) + R"(,"reason":)" + quoted(reason) + R"(,"details":)" +
      std::string(details) + R"(,"code":)" + std::to_string(code) + "}";
  return http::test::reply(body, std::string(json) + std::string(fields),
                           std::to_string(code) + " Said");
}

}  // namespace blindfold::detect
