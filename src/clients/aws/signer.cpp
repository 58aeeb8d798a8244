#include "clients/aws/signer.hpp"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <utility>

#include "clients/aws/canonical.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/secret/hmac.hpp"
#include "platform/secret/sha256.hpp"

namespace blindfold::aws {
namespace {

constexpr std::string_view algorithm = "AWS4-HMAC-SHA256";
constexpr std::string_view terminator = "aws4_request";
constexpr std::string_view key_prefix = "AWS4";
constexpr std::string_view token_header = "x-amz-security-token";
constexpr std::string_view date_header = "x-amz-date";

/// Names and values in canonical form, in order; the session token's value is
/// not in it.
using Fields = std::map<std::string, std::string>;

std::unexpected<base::Error> refuse(base::ErrorKind kind, std::string what, std::string hint = {}) {
  return std::unexpected(base::Error{kind, std::move(what), std::move(hint)});
}

/// "20261123T120000Z".
std::string date_of(base::SystemTime at) {
  std::string text = base::format_timestamp(at, base::TimestampPrecision::seconds);
  std::erase_if(text, [](char character) { return character == '-' || character == ':'; });
  return text;
}

/// Whether it can stand between the slashes of a scope: it goes into a header.
bool is_part_of_scope(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char character) {
    return character > ' ' && character < '\x7f' && character != '/' && character != ',';
  });
}

base::Result<> check(const Scope& scope, const Credentials& credentials) {
  using enum base::ErrorKind;
  if (credentials.access_key_id.empty() || credentials.secret_access_key.empty()) {
    return refuse(configuration, "there is no AWS access key to sign with",
                  "check that both the access key's id and the secret access key are set");
  }
  if (!is_part_of_scope(credentials.access_key_id)) {
    return refuse(configuration, "the AWS access key's id has characters that no id has",
                  "check where it comes from: a space, a line break or a quotation mark too many");
  }
  if (!is_part_of_scope(scope.region) || !is_part_of_scope(scope.service)) {
    return refuse(configuration, "a request to AWS cannot be signed without the name of a region",
                  "set a region, as in eu-west-1");
  }
  return {};
}

base::Result<Fields> fields_of(const Unsigned& request, const Credentials& credentials,
                               const std::string& date) {
  Fields fields;
  for (const http::Header& header : request.headers) {
    const auto [field, is_new] = fields.try_emplace(canonical_name(header.name));
    field->second.append(is_new ? "" : ",").append(canonical_value(header.value));
  }
  const auto has = [&fields](std::string_view name) { return fields.contains(std::string(name)); };
  if (!has("host") || has("authorization") || has(date_header) || has(token_header)) {
    return refuse(base::ErrorKind::internal,
                  "a request to AWS has no Host, or what its signature is to add");
  }
  fields.try_emplace(std::string(date_header), date);
  if (!credentials.session_token.empty()) {
    fields.try_emplace(std::string(token_header));
  }
  return fields;
}

std::string names_of(const Fields& fields) {
  std::string names;
  for (const auto& [name, value] : fields) {
    names.append(names.empty() ? "" : ";").append(name);
  }
  return names;
}

std::string hash_of(std::string_view bytes) {
  secret::Sha256 hash;
  hash.update(bytes);
  return secret::to_hex(hash.finish());
}

/// Of the canonical request, which is never whole anywhere.
std::string hash_of(const Unsigned& request, const Fields& fields, const Credentials& credentials) {
  secret::Sha256 hash;
  const auto add = [&hash](std::initializer_list<std::string_view> pieces) {
    std::ranges::for_each(pieces, [&hash](std::string_view piece) { hash.update(piece); });
  };
  add({request.method, "\n", canonical_path(request.path), "\n", canonical_query(request.query)});
  add({"\n"});
  for (const auto& [name, value] : fields) {
    add({name, ":", value});
    if (name == token_header) {
      credentials.session_token.with_bytes([&hash](std::string_view bytes) { hash.update(bytes); });
    }
    add({"\n"});
  }
  add({"\n", names_of(fields), "\n", hash_of(request.body)});
  return secret::to_hex(hash.finish());
}

/// "20261123/eu-west-1/ssm/aws4_request".
std::string text_of(const Scope& scope, std::string_view day) {
  return std::string(day)
      .append("/")
      .append(scope.region)
      .append("/")
      .append(scope.service)
      .append("/")
      .append(terminator);
}

/// The key for one day, region and service.
base::Result<secret::SecretBuffer> signing_key(const secret::SecretBuffer& key, const Scope& scope,
                                               std::string_view day) {
  auto derived = secret::SecretBuffer::with_capacity(key_prefix.size() + key.size());
  if (derived) {
    const auto append = [&derived](std::string_view bytes) { return derived->append(bytes); };
    if (!append(key_prefix) || !key.with_bytes(append)) {
      return refuse(base::ErrorKind::internal, "a key does not fit where it is to be derived");
    }
  }
  for (const std::string_view part :
       {day, std::string_view(scope.region), std::string_view(scope.service), terminator}) {
    if (derived) {
      derived = secret::derived_key(*derived, part);
    }
  }
  return derived;
}

}  // namespace

base::Result<std::vector<http::Header>> sign(const Unsigned& request, const Scope& scope,
                                             const Credentials& credentials, base::SystemTime at) {
  if (const auto checked = check(scope, credentials); !checked) {
    return std::unexpected(checked.error());
  }
  const std::string date = date_of(at);
  const std::string_view day = std::string_view(date).substr(0, 8);
  const auto fields = fields_of(request, credentials, date);
  if (!fields) {
    return std::unexpected(fields.error());
  }
  const auto key = signing_key(credentials.secret_access_key, scope, day);
  if (!key) {
    return std::unexpected(key.error());
  }
  const std::string within = text_of(scope, day);
  const std::string to_sign = std::string(algorithm) + "\n" + date + "\n" + within + "\n" +
                              hash_of(request, *fields, credentials);
  const std::string authorization =
      std::string(algorithm) + " Credential=" + credentials.access_key_id + "/" + within +
      ", SignedHeaders=" + names_of(*fields) +
      ", Signature=" + secret::to_hex(secret::hmac_sha256(*key, to_sign));
  return std::vector<http::Header>{{"X-Amz-Date", date}, {"Authorization", authorization}};
}

}  // namespace blindfold::aws
