#pragma once

#include <cstddef>
#include <string_view>

#include "clients/aws/readers.hpp"

namespace blindfold::aws {

/// The fields of one secret, by their paths within it, as a reader comes to them.
/// DescribeSecret and ListSecrets have them under the same names, but for the map
/// of versions, whose name is `versions`.
class SecretFields final {
 public:
  SecretFields(SecretFacts& facts, std::string_view versions) noexcept
      : facts_(facts), versions_(versions) {}

  /// As FieldReader::wanted.
  [[nodiscard]] std::size_t wanted(std::string_view path) const noexcept;
  [[nodiscard]] bool string(std::string_view path, std::string_view value) noexcept;
  /// A date that is there, whatever it is.
  void date(std::string_view path) noexcept;

 private:
  [[nodiscard]] bool is_stage(std::string_view path) const noexcept;

  SecretFacts& facts_;
  std::string_view versions_;
};

/// Whether a key is that of a secret's value, wherever it stands: GetSecretValue
/// and BatchGetSecretValue have it.
[[nodiscard]] bool names_a_value(std::string_view path) noexcept;

// The services' own limits, in characters of ASCII (botocore's service models).
inline constexpr std::size_t longest_secret_name = 256;
inline constexpr std::size_t longest_secret_arn = 2048;
inline constexpr std::size_t longest_version_id = 64;
inline constexpr std::size_t longest_stage = 256;
inline constexpr std::size_t longest_token = 4096;
inline constexpr std::string_view current_stage = "AWSCURRENT";

}  // namespace blindfold::aws
