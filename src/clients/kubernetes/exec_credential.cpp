#include "clients/kubernetes/exec_credential.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "clients/account/file.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/json/parser.hpp"

namespace blindfold::kubernetes {
namespace {

/// Takes from the document what is named here and passes everything else over.
class CredentialReader final : public json::Reader {
 public:
  explicit CredentialReader(secret::SecretBuffer token) noexcept : token_(std::move(token)) {}

  bool begin_object() noexcept override {
    in_status_ = in_status_ || (depth_ == 1 && field_ == Field::status);
    return descend();
  }
  bool end_object() noexcept override {
    in_status_ = in_status_ && depth_ > 2;
    return ascend();
  }
  bool begin_array() noexcept override { return descend(); }
  bool end_array() noexcept override { return ascend(); }
  bool key(std::string_view name) noexcept override {
    field_ = field_of(name);
    return true;
  }
  bool string(std::string_view piece, bool last) noexcept override {
    const Field field = last ? std::exchange(field_, Field::other) : field_;
    switch (field) {
      case Field::token:
        return token_.append(piece).has_value();
      case Field::certificate:
        has_certificate_ = has_certificate_ || !piece.empty();
        return true;
      case Field::version:
        return add(version_, piece);
      case Field::kind:
        return add(kind_, piece);
      case Field::expiry:
        return add(expiry_, piece);
      case Field::status:
      case Field::other:
        return true;
    }
    return true;
  }
  bool number(std::int64_t /*value*/) noexcept override { return true; }
  bool fraction(double /*value*/) noexcept override { return true; }
  bool boolean(bool /*value*/) noexcept override { return true; }
  bool null() noexcept override { return true; }
  bool end_document() noexcept override { return ++documents_ == 1; }

  [[nodiscard]] const secret::SecretBuffer& token() const noexcept { return token_; }
  [[nodiscard]] const std::string& version() const noexcept { return version_; }
  [[nodiscard]] const std::string& kind() const noexcept { return kind_; }
  [[nodiscard]] const std::string& expiry() const noexcept { return expiry_; }
  [[nodiscard]] bool has_certificate() const noexcept { return has_certificate_; }

 private:
  enum class Field : std::uint8_t { other, version, kind, status, token, expiry, certificate };

  struct Name {
    std::string_view key;
    Field field;
  };

  [[nodiscard]] Field field_of(std::string_view key) const noexcept {
    static constexpr std::array<Name, 3> of_the_document{
        {{"apiVersion", Field::version}, {"kind", Field::kind}, {"status", Field::status}}};
    static constexpr std::array<Name, 4> of_the_status{
        {{"token", Field::token},
         {"expirationTimestamp", Field::expiry},
         {"clientCertificateData", Field::certificate},
         {"clientKeyData", Field::certificate}}};
    if (depth_ == 1) {
      return found(of_the_document, key);
    }
    return depth_ == 2 && in_status_ ? found(of_the_status, key) : Field::other;
  }

  static Field found(std::span<const Name> names, std::string_view key) noexcept {
    const auto name = std::ranges::find(names, key, &Name::key);
    return name == names.end() ? Field::other : name->field;
  }

  bool descend() noexcept {
    ++depth_;
    field_ = Field::other;
    return true;
  }
  bool ascend() noexcept {
    --depth_;
    field_ = Field::other;
    return true;
  }
  static bool add(std::string& text, std::string_view piece) noexcept {
    constexpr std::size_t longest = 128;
    text += piece.substr(0, longest - std::min(longest, text.size()));
    return true;
  }

  secret::SecretBuffer token_;
  std::string version_;
  std::string kind_;
  std::string expiry_;
  bool has_certificate_ = false;
  std::size_t depth_ = 0;
  std::size_t documents_ = 0;
  bool in_status_ = false;
  Field field_ = Field::other;
};

std::unexpected<base::Error> wrong(std::string what, std::string hint = {}) {
  return std::unexpected(base::Error{base::ErrorKind::protocol,
                                     "the credential plugin printed " + std::move(what),
                                     std::move(hint)});
}

base::Result<ExecCredential> credential_from(const CredentialReader& read,
                                             const std::string& api_version) {
  if (read.kind() != "ExecCredential") {
    return wrong("something else than an ExecCredential");
  }
  if (read.version() != api_version) {
    return wrong("another version than " + api_version + ", which the kubeconfig names",
                 "name the version that the plugin speaks as its `apiVersion` in the kubeconfig");
  }
  if (read.token().empty()) {
    return read.has_certificate()
               ? wrong("a client certificate, and only tokens are supported",
                       "let the plugin print a token, or put the certificate into the kubeconfig")
               : wrong("no token");
  }
  ExecCredential credential;
  if (!read.expiry().empty()) {
    credential.expires = base::parse_timestamp(read.expiry());
    if (!credential.expires) {
      return wrong("an `expirationTimestamp` that is no RFC 3339 time");
    }
  }
  auto token = account::usable_token(read.token(), "the credential plugin's answer");
  if (!token) {
    return std::unexpected(token.error());
  }
  credential.token = *std::move(token);
  return credential;
}

}  // namespace

base::Result<ExecCredential> read_exec_credential(const secret::SecretBuffer& output,
                                                  const std::string& api_version) {
  auto room = secret::SecretBuffer::with_capacity(std::max<std::size_t>(output.size(), 1));
  if (!room) {
    return std::unexpected(room.error());
  }
  CredentialReader reader(*std::move(room));
  json::Parser parser(reader, {.document = account::largest_token});
  auto parsed = output.with_bytes([&parser](std::string_view bytes) { return parser.feed(bytes); });
  if (parsed) {
    parsed = parser.finish();
  }
  if (!parsed || parser.documents() != 1) {
    return wrong("something else than one JSON document");
  }
  return credential_from(reader, api_version);
}

}  // namespace blindfold::kubernetes
