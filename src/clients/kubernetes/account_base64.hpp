#pragma once

#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::kubernetes {

/// What base64 text (RFC 4648, 4, with padding; line feeds and carriage returns
/// anywhere) stands for. Fails with `configuration`; the message holds nothing of
/// the text and wants a place in front of it.
[[nodiscard]] base::Result<secret::SecretBuffer> from_base64(std::string_view text);

[[nodiscard]] std::string to_base64(std::string_view bytes);

}  // namespace blindfold::kubernetes
