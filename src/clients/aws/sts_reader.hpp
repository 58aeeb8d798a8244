#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "clients/aws/credentials.hpp"
#include "platform/secret/secret_buffer.hpp"
#include "platform/xml/parser.hpp"

namespace blindfold::aws {

/// The largest parts of credentials, in bytes. STS promises no length for a
/// token; those of today are below 4 KiB.
inline constexpr std::size_t largest_access_key_id = 128;
inline constexpr std::size_t largest_secret_access_key = 1024;
inline constexpr std::size_t largest_session_token = 16'384;

/// Reads what STS answers ("AWS Security Token Service API Reference"): a role's
/// credentials, piece by piece into their buffers, or that it refuses. Nothing
/// else is kept. For one reply.
class StsReader final : public xml::Reader {
 public:
  /// `action`: "AssumeRole", whose answer is an AssumeRoleResponse.
  explicit StsReader(std::string_view action);

  /// Whether it was a whole ErrorResponse.
  [[nodiscard]] bool is_refusal() const noexcept { return !code_.empty(); }

  /// The credentials, once, and in buffers no larger than they are; nothing
  /// where a part is missing or is none.
  [[nodiscard]] std::optional<Credentials> take() noexcept;

 private:
  enum class Field : std::uint8_t { none, access_key_id, secret, token, expiration, code };

  bool begin_element(std::string_view name) noexcept override;
  bool end_element() noexcept override;
  bool text(std::string_view piece) noexcept override;

  [[nodiscard]] Field field_of(std::string_view path) const noexcept;
  [[nodiscard]] bool open(Field field) noexcept;

  std::string credentials_;  ///< the path to them, with a slash at its end
  std::string path_;         ///< of the element that text belongs to
  Field field_ = Field::none;
  std::string access_key_id_;
  secret::SecretBuffer secret_;
  secret::SecretBuffer token_;
  std::string expiration_;
  std::string code_;
};

}  // namespace blindfold::aws
