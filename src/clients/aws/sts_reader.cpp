#include "clients/aws/sts_reader.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "clients/account/file.hpp"
#include "platform/base/timestamp.hpp"

namespace blindfold::aws {
namespace {

constexpr std::size_t largest_expiration = 64;
constexpr std::size_t largest_code = 128;
constexpr std::string_view code_path = "/ErrorResponse/Error/Code";

/// Whether there is room left.
bool append(std::string& text, std::string_view piece, std::size_t limit) {
  text += piece.substr(0, limit + 1);
  return text.size() <= limit;
}

bool is_visible(std::string_view text) noexcept {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c > ' ' && c < '\x7f'; });
}

/// In a buffer of its own size; empty where it is none that can be sent.
secret::SecretBuffer fitted(secret::SecretBuffer bytes) noexcept {
  if (!bytes.with_bytes(is_visible)) {
    return {};
  }
  auto copy = bytes.with_bytes(account::copied);
  return copy ? *std::move(copy) : secret::SecretBuffer();
}

}  // namespace

StsReader::StsReader(std::string_view action) {
  credentials_.append("/")
      .append(action)
      .append("Response/")
      .append(action)
      .append("Result/Credentials/");
}

std::optional<Credentials> StsReader::take() noexcept {
  Credentials taken{.access_key_id = std::move(access_key_id_),
                    .secret_access_key = fitted(std::move(secret_)),
                    .session_token = fitted(std::move(token_)),
                    .expires = base::parse_timestamp(expiration_)};
  const bool complete = is_visible(taken.access_key_id) && !taken.secret_access_key.empty() &&
                        !taken.session_token.empty() && taken.expires;
  return complete ? std::optional(std::move(taken)) : std::nullopt;
}

StsReader::Field StsReader::field_of(std::string_view path) const noexcept {
  if (path == code_path) {
    return Field::code;
  }
  if (!path.starts_with(credentials_)) {
    return Field::none;
  }
  using Named = std::pair<std::string_view, Field>;
  constexpr std::array<Named, 4> fields{{{"AccessKeyId", Field::access_key_id},
                                         {"SecretAccessKey", Field::secret},
                                         {"SessionToken", Field::token},
                                         {"Expiration", Field::expiration}}};
  const std::string_view name = path.substr(credentials_.size());
  const auto* const found = std::ranges::find(fields, name, &Named::first);
  return found == fields.end() ? Field::none : found->second;
}

/// Room for a field that is there for the first time.
bool StsReader::open(Field field) noexcept {
  const auto reserve = [](secret::SecretBuffer& buffer, std::size_t size) {
    auto room = secret::SecretBuffer::with_capacity(size);
    const bool first = buffer.capacity() == 0 && room;
    buffer = first ? *std::move(room) : secret::SecretBuffer();
    return first;
  };
  switch (field) {
    case Field::access_key_id:
      return access_key_id_.empty();
    case Field::secret:
      return reserve(secret_, largest_secret_access_key);
    case Field::token:
      return reserve(token_, largest_session_token);
    case Field::expiration:
      return expiration_.empty();
    case Field::code:
      return code_.empty();
    case Field::none:
      break;
  }
  return true;
}

bool StsReader::begin_element(std::string_view name) noexcept {
  if (field_ != Field::none) {
    return false;
  }
  path_.append("/").append(name);
  field_ = field_of(path_);
  return open(field_);
}

bool StsReader::end_element() noexcept {
  path_.erase(path_.rfind('/'));
  field_ = Field::none;
  return true;
}

bool StsReader::text(std::string_view piece) noexcept {
  switch (field_) {
    case Field::access_key_id:
      return append(access_key_id_, piece, largest_access_key_id);
    case Field::secret:
      return secret_.append(piece).has_value();
    case Field::token:
      return token_.append(piece).has_value();
    case Field::expiration:
      return append(expiration_, piece, largest_expiration);
    case Field::code:
      return append(code_, piece, largest_code);
    case Field::none:
      break;
  }
  return true;
}

}  // namespace blindfold::aws
