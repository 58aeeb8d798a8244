#include "clients/aws/credential_reader.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "clients/account/file.hpp"
#include "platform/base/timestamp.hpp"
#include "platform/json/parser.hpp"

namespace blindfold::aws {
namespace {

/// The year 9999's end, in milliseconds.
constexpr std::int64_t latest = 253'402'300'799'000;
constexpr std::size_t longest_word = 256;

/// A secret that is told in pieces, once.
class SecretField final {
 public:
  explicit SecretField(secret::SecretBuffer room) noexcept : bytes_(std::move(room)) {}

  void begin() noexcept { twice_ = std::exchange(there_, true); }
  bool add(std::string_view piece) noexcept { return !twice_ && bytes_.append(piece).has_value(); }
  /// In a buffer that is no larger; nothing where it cannot stand in a header.
  [[nodiscard]] std::optional<secret::SecretBuffer> take() const {
    auto usable = account::usable_token(bytes_, "");
    return usable ? std::optional(*std::move(usable)) : std::nullopt;
  }
  [[nodiscard]] bool empty() const noexcept { return bytes_.empty(); }

 private:
  secret::SecretBuffer bytes_;
  bool there_ = false;
  bool twice_ = false;
};

class CredentialReader final : public json::FieldReader {
 public:
  CredentialReader(const CredentialForm& form, secret::SecretBuffer secret_room,
                   secret::SecretBuffer token_room) noexcept
      : form_(form), secret_(std::move(secret_room)), token_(std::move(token_room)) {}

  [[nodiscard]] std::optional<Credentials> take() const {
    auto secret = secret_.take();
    auto token = token_.empty() ? std::optional(secret::SecretBuffer()) : token_.take();
    const bool whole = !access_key_id_.empty() && std::ranges::all_of(access_key_id_, [](char c) {
      return c > ' ' && c <= '~';
    });
    const bool good =
        (code_.empty() || code_ == "Success") && (form_.version.empty() || version_ == 1);
    if (!secret || !token || !whole || !good) {
      return std::nullopt;
    }
    return Credentials{.access_key_id = access_key_id_,
                       .secret_access_key = *std::move(secret),
                       .session_token = *std::move(token),
                       .expires = expires_};
  }

 private:
  std::size_t wanted(std::string_view path) noexcept override {
    if (path == form_.secret_access_key) {
      secret_.begin();
      return in_pieces;
    }
    if (path == form_.session_token) {
      token_.begin();
      return in_pieces;
    }
    const bool word = path == form_.access_key_id || path == form_.expiration || path == form_.code;
    return word && !path.empty() ? longest_word : 0;
  }
  bool on_piece(std::string_view path, std::string_view piece, bool /*last*/) noexcept override {
    return path == form_.secret_access_key ? secret_.add(piece) : token_.add(piece);
  }
  bool on_string(std::string_view path, std::string_view value) noexcept override {
    if (path == form_.access_key_id) {
      access_key_id_ = value;
    } else if (path == form_.code) {
      code_ = value;
    } else {
      expires_ = base::parse_timestamp(value);
      return expires_.has_value();
    }
    return true;
  }
  bool on_number(std::string_view path, std::int64_t value) noexcept override {
    if (path == form_.version) {
      version_ = value;
    } else if (path == form_.expiration) {
      expires_ =
          base::SystemTime(std::chrono::milliseconds(std::clamp<std::int64_t>(value, 0, latest)));
    }
    return true;
  }

  CredentialForm form_;
  SecretField secret_;
  SecretField token_;
  std::string access_key_id_;
  std::string code_;
  std::optional<std::int64_t> version_;
  std::optional<base::SystemTime> expires_;
};

class SignInReader final : public json::FieldReader {
 public:
  explicit SignInReader(secret::SecretBuffer room) noexcept : token_(std::move(room)) {}

  [[nodiscard]] std::optional<SignInToken> take() const {
    auto token = token_.take();
    if (!token || !expires_) {
      return std::nullopt;
    }
    return SignInToken{.token = *std::move(token), .expires = *expires_};
  }

 private:
  std::size_t wanted(std::string_view path) noexcept override {
    if (path == "accessToken") {
      token_.begin();
      return in_pieces;
    }
    return path == "expiresAt" ? longest_word : 0;
  }
  bool on_piece(std::string_view /*path*/, std::string_view piece,
                bool /*last*/) noexcept override {
    return token_.add(piece);
  }
  bool on_string(std::string_view /*path*/, std::string_view value) noexcept override {
    // Older releases of the aws command line wrote "…UTC".
    constexpr std::string_view utc = "UTC";
    expires_ =
        value.ends_with(utc)
            ? base::parse_timestamp(std::string(value.substr(0, value.size() - utc.size())) + 'Z')
            : base::parse_timestamp(value);
    return expires_.has_value();
  }

  SecretField token_;
  std::optional<base::SystemTime> expires_;
};

base::Result<secret::SecretBuffer> room_for(const secret::SecretBuffer& document) {
  return secret::SecretBuffer::with_capacity(std::max<std::size_t>(document.size(), 1));
}

/// Whether it was one whole document.
bool read(const secret::SecretBuffer& document, json::Reader& reader) {
  json::Parser parser(reader, {.document = largest_credentials});
  const auto fed =
      document.with_bytes([&parser](std::string_view bytes) { return parser.feed(bytes); });
  return fed && parser.finish() && parser.documents() == 1;
}

}  // namespace

std::optional<Credentials> read_credentials(const secret::SecretBuffer& document,
                                            const CredentialForm& form) {
  auto secret_room = room_for(document);
  auto token_room = room_for(document);
  if (!secret_room || !token_room) {
    return std::nullopt;
  }
  CredentialReader reader(form, *std::move(secret_room), *std::move(token_room));
  return read(document, reader) ? reader.take() : std::nullopt;
}

std::optional<SignInToken> read_sign_in_token(const secret::SecretBuffer& document) {
  auto room = room_for(document);
  if (!room) {
    return std::nullopt;
  }
  SignInReader reader(*std::move(room));
  return read(document, reader) ? reader.take() : std::nullopt;
}

}  // namespace blindfold::aws
