#include "clients/kubernetes/requests.hpp"

#include <array>
#include <span>

#include "platform/base/random.hpp"
#include "platform/json/writer.hpp"

namespace blindfold::kubernetes {
namespace {

constexpr std::string_view unreserved =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

// Percent-encoding of whatever is not unreserved (RFC 3986, section 2.3).
std::string encoded(std::string_view text) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string out;
  for (const char character : text) {
    if (unreserved.contains(character)) {
      out += character;
      continue;
    }
    const auto byte = static_cast<unsigned char>(character);
    out += '%';
    out += digits[byte >> 4U];
    out += digits[byte & 0xfU];
  }
  return out;
}

std::string path_of(std::string_view resource, std::string_view name_space,
                    std::string_view name = {}) {
  std::string path = "/api/v1/namespaces/" + encoded(name_space) + "/" + encoded(resource);
  if (!name.empty()) {
    path += "/" + encoded(name);
  }
  return path;
}

// What its type's validation wants of a Secret and takes with nothing in it
// (k8s.io/kubernetes pkg/apis/core/validation, ValidateSecret).
std::span<const std::string_view> keys_of(std::string_view type) {
  static constexpr std::array<std::string_view, 2> tls = {"tls.crt", "tls.key"};
  static constexpr std::array<std::string_view, 2> basic_auth = {"username", "password"};
  if (type == "kubernetes.io/tls") {
    return tls;
  }
  if (type == "kubernetes.io/basic-auth") {
    return basic_auth;
  }
  return {};
}

void write_metadata(json::Writer& writer, const std::string& name_space, std::string_view name,
                    const std::map<std::string, std::string>& labels) {
  writer.key("metadata").begin_object().member("name", name).member("namespace", name_space);
  if (!labels.empty()) {
    writer.key("labels").begin_object();
    for (const auto& [label, value] : labels) {
      writer.member(label, value);
    }
    writer.end_object();
  }
  writer.end_object();
}

ApiRequest create(const std::string& name_space, std::string body) {
  return {.method = "POST",
          .target = path_of("secrets", name_space) + "?dryRun=All",
          .form = Form::object_meta,
          .body = std::move(body)};
}

std::string random_letters(std::size_t count) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyz";
  base::Random random;
  std::string text;
  while (text.size() < count) {
    text +=
        letters[static_cast<std::size_t>(random.fraction() * static_cast<double>(letters.size()))];
  }
  return text;
}

std::string table_target(const Collection& collection) {
  std::string target = path_of(collection.resource, collection.name_space) + "?includeObject=None";
  if (!collection.name.empty()) {
    target += "&fieldSelector=" + encoded("metadata.name=" + collection.name);
  }
  return target;
}

ApiRequest review(std::string_view resource, std::string body) {
  return {.method = "POST",
          .target = "/apis/authorization.k8s.io/v1/" + std::string(resource),
          .form = Form::object,
          .body = std::move(body)};
}

}  // namespace

ApiRequest update_probe(const ProbeObject& object) {
  ApiRequest request{.method = "PUT",
                     .target = path_of("secrets", object.name_space, object.name) + "?dryRun=All",
                     .form = Form::object_meta,
                     .body = {}};
  json::Writer writer(request.body);
  writer.begin_object().member("apiVersion", "v1").member("kind", "Secret");
  write_metadata(writer, object.name_space, object.name, object.labels);
  writer.member("type", object.type);
  if (const auto keys = keys_of(object.type); !keys.empty()) {
    writer.key("data").begin_object();
    for (const auto key : keys) {
      writer.member(key, "");
    }
    writer.end_object();
  }
  writer.end_object();
  return request;
}

ApiRequest create_probe(const ProbeObject& object) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("apiVersion", "v1").member("kind", "Secret");
  write_metadata(writer, object.name_space, object.name, object.labels);
  writer.end_object();
  return create(object.name_space, std::move(body));
}

ApiRequest policy_guess(const std::string& name_space,
                        const std::map<std::string, std::string>& labels) {
  std::string body;
  json::Writer writer(body);
  writer.begin_object().member("apiVersion", "v1").member("kind", "Secret");
  write_metadata(writer, name_space, "blindfold-guess-" + random_letters(16), labels);
  // Sixteen letters are base64 as they are.
  writer.key("data").begin_object().member("guess", random_letters(16)).end_object();
  writer.end_object();
  return create(name_space, std::move(body));
}

ApiRequest table_list(const Collection& collection, std::uint32_t limit, std::string_view next) {
  ApiRequest request{.target = table_target(collection), .form = Form::table, .body = {}};
  if (limit > 0) {
    request.target += "&limit=" + std::to_string(limit);
  }
  if (!next.empty()) {
    request.target += "&continue=" + encoded(next);
  }
  return request;
}

ApiRequest table_watch(const Collection& collection, std::string_view since, bool bookmarks,
                       std::chrono::seconds timeout) {
  ApiRequest request{.target = table_target(collection), .form = Form::table, .body = {}};
  request.target += "&watch=1&resourceVersion=" + encoded(since) +
                    "&timeoutSeconds=" + std::to_string(timeout.count());
  if (bookmarks) {
    request.target += "&allowWatchBookmarks=true";
  }
  return request;
}

ApiRequest rules_review(const std::string& name_space) {
  std::string body;
  json::Writer(body)
      .begin_object()
      .member("apiVersion", "authorization.k8s.io/v1")
      .member("kind", "SelfSubjectRulesReview")
      .key("spec")
      .begin_object()
      .member("namespace", name_space)
      .end_object()
      .end_object();
  return review("selfsubjectrulesreviews", std::move(body));
}

ApiRequest access_review(std::string_view verb, const Collection& collection,
                         std::string_view group) {
  const auto slash = collection.resource.find('/');
  std::string body;
  json::Writer writer(body);
  writer.begin_object()
      .member("apiVersion", "authorization.k8s.io/v1")
      .member("kind", "SelfSubjectAccessReview")
      .key("spec")
      .begin_object()
      .key("resourceAttributes")
      .begin_object()
      .member("verb", verb)
      .member("group", group)
      .member("resource", std::string_view(collection.resource).substr(0, slash));
  if (slash != std::string::npos) {
    writer.member("subresource", std::string_view(collection.resource).substr(slash + 1));
  }
  if (!collection.name_space.empty()) {
    writer.member("namespace", collection.name_space);
  }
  if (!collection.name.empty()) {
    writer.member("name", collection.name);
  }
  writer.end_object().end_object().end_object();
  return review("selfsubjectaccessreviews", std::move(body));
}

ApiRequest config_map(const std::string& name_space, const std::string& name) {
  return {.target = path_of("configmaps", name_space, name), .form = Form::object, .body = {}};
}

}  // namespace blindfold::kubernetes
