#include "clients/aws/sts_body.hpp"

#include "clients/aws/percent.hpp"

namespace blindfold::aws {
namespace {

constexpr std::string_view version = "2011-06-15";
constexpr std::string_view token_field = "&WebIdentityToken=";
constexpr std::size_t longest_encoded = 3;  // "%2F"

template <class Append>
void encode(std::string_view text, const Append& append) {
  for (const char byte : text) {
    if (is_unreserved(byte)) {
      append(byte);
    } else {
      percent_encode(byte, append);
    }
  }
}

void put(std::string& form, std::string_view name, std::string_view value) {
  form.append(form.empty() ? "" : "&").append(name).append("=");
  encode(value, [&form](char character) { form += character; });
}

}  // namespace

std::string_view action_of(const RoleRequest& request) noexcept {
  return request.web_identity_token.empty() ? "AssumeRole" : "AssumeRoleWithWebIdentity";
}

std::string sts_form(const RoleRequest& request) {
  std::string form;
  put(form, "Action", action_of(request));
  put(form, "Version", version);
  put(form, "RoleArn", request.role_arn);
  put(form, "RoleSessionName", request.session_name);
  if (!request.external_id.empty()) {
    put(form, "ExternalId", request.external_id);
  }
  if (request.duration) {
    put(form, "DurationSeconds", std::to_string(request.duration->count()));
  }
  return form;
}

base::Result<secret::SecretBuffer> sts_secret_form(const RoleRequest& request) {
  const std::string form = sts_form(request);
  const secret::SecretBuffer& token = request.web_identity_token;
  auto made = secret::SecretBuffer::with_capacity(form.size() + token_field.size() +
                                                  longest_encoded * token.size());
  if (!made) {
    return made;
  }
  bool fits = made->append(form) && made->append(token_field);
  const auto append = [&made, &fits](char character) {
    fits = fits && made->append({&character, 1}).has_value();
  };
  token.with_bytes([&append](std::string_view bytes) { encode(bytes, append); });
  if (!fits) {
    return std::unexpected(
        base::Error{base::ErrorKind::internal, "a token does not fit into its request", {}});
  }
  return made;
}

}  // namespace blindfold::aws
