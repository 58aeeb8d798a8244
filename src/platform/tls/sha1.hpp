#pragma once

#include <string>
#include <string_view>

#include "platform/base/error.hpp"

namespace blindfold::tls {

/// SHA-1 (RFC 3174) in 40 hexadecimal digits. Not for security: `aws sso login`
/// names its files by it. Fails (`internal`) where GnuTLS has none.
[[nodiscard]] base::Result<std::string> sha1_hex(std::string_view bytes);

}  // namespace blindfold::tls
