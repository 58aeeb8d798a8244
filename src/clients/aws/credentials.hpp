#pragma once

#include <optional>
#include <string>

#include "platform/base/clock.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// A key pair that requests are signed with. The access key's id is no secret: it
/// stands in every request. Move-only.
struct Credentials {
  std::string access_key_id;
  secret::SecretBuffer secret_access_key;
  secret::SecretBuffer session_token{};       ///< empty: none
  std::optional<base::SystemTime> expires{};  ///< nothing: until they are refused
};

}  // namespace blindfold::aws
