#include "doctor/kubernetes/requests.hpp"

#include <cstddef>

#include "platform/base/random.hpp"
#include "platform/json/writer.hpp"

namespace blindfold::doctor {
namespace {

using kubernetes::ApiRequest;
using kubernetes::Form;

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

std::string random_name() {
  return "blindfold-guess-" + random_letters(16);
}

std::string secrets_of(const std::string& name_space) {
  return "/api/v1/namespaces/" + name_space + "/secrets";
}

// What validation, which comes before a policy, wants of a secret of this type.
void write_wanted(json::Writer& writer, std::string_view type) {
  constexpr const char* empty_object = "e30=";
  if (type == "kubernetes.io/tls") {
    writer.member("tls.crt", "").member("tls.key", "");
  } else if (type == "kubernetes.io/basic-auth") {
    writer.member("username", "").member("password", "");
  } else if (type == "kubernetes.io/ssh-auth") {
    writer.member("ssh-privatekey", empty_object);
  } else if (type == "kubernetes.io/dockerconfigjson") {
    writer.member(".dockerconfigjson", empty_object);
  } else if (type == "kubernetes.io/dockercfg") {
    writer.member(".dockercfg", empty_object);
  }
}

json::Writer& begin_secret(json::Writer& writer, const std::string& name_space,
                           const std::string& name) {
  return writer.begin_object()
      .member("apiVersion", "v1")
      .member("kind", "Secret")
      .key("metadata")
      .begin_object()
      .member("name", name)
      .member("namespace", name_space);
}

ApiRequest get_admission(std::string_view resource, const std::string& name) {
  return {.target = "/apis/admissionregistration.k8s.io/v1/" + std::string(resource) + "/" + name,
          .form = Form::object,
          .body = {}};
}

}  // namespace

ApiRequest read_secret(const std::string& name_space, const std::string& name) {
  return {.target = secrets_of(name_space) + "/" + name + "?includeObject=None",
          .form = Form::table,
          .body = {}};
}

ApiRequest list_secrets(const std::string& name_space, const std::string& name) {
  return kubernetes::table_list({"secrets", name_space, name}, 1, {});
}

ApiRequest update_guess(const std::string& name_space, const std::string& name,
                        std::string_view type) {
  ApiRequest request{.method = "PUT",
                     .target = secrets_of(name_space) + "/" + name + "?dryRun=All",
                     .form = Form::object_meta,
                     .body = {}};
  json::Writer writer(request.body);
  begin_secret(writer, name_space, name).end_object().member("type", type);
  writer.key("data").begin_object();
  write_wanted(writer, type);
  // Sixteen letters are base64 as they are.
  writer.member("blindfold-guess", random_letters(16)).end_object().end_object();
  return request;
}

ApiRequest annotated_create(const std::string& name_space) {
  ApiRequest request{.method = "POST",
                     .target = secrets_of(name_space) + "?dryRun=All",
                     .form = Form::object_meta,
                     .body = {}};
  json::Writer writer(request.body);
  begin_secret(writer, name_space, random_name())
      .key("annotations")
      .begin_object()
      .member("blindfold.invalid/guess", random_letters(16))
      .end_object()
      .end_object()
      .end_object();
  return request;
}

ApiRequest bare_create(const std::string& name_space) {
  return kubernetes::create_probe({name_space, random_name(), "Opaque", {}});
}

ApiRequest who_am_i() {
  ApiRequest request{.method = "POST",
                     .target = "/apis/authentication.k8s.io/v1/selfsubjectreviews",
                     .form = Form::object,
                     .body = {}};
  json::Writer(request.body)
      .begin_object()
      .member("apiVersion", "authentication.k8s.io/v1")
      .member("kind", "SelfSubjectReview")
      .end_object();
  return request;
}

ApiRequest get_policy(const std::string& name) {
  return get_admission("validatingadmissionpolicies", name);
}

ApiRequest get_policy_binding(const std::string& name) {
  return get_admission("validatingadmissionpolicybindings", name);
}

}  // namespace blindfold::doctor
