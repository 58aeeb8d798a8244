#pragma once

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace blindfold::base {

/// What sort of failure it is; decides exit statuses and whether to try again.
enum class ErrorKind : std::uint8_t {
  usage,          ///< the command line is wrong
  configuration,  ///< a file that a person wrote is wrong
  denied,         ///< somebody refused us
  missing,        ///< what was asked for does not exist
  unreachable,    ///< nobody answered
  throttled,      ///< we were asked to slow down
  protocol,       ///< the answer is not of the form that was asked for
  limit,          ///< one of our own limits was reached
  internal,       ///< a bug, or the system is out of something
};

/// A failure for a person to read: what happened and where, and what to do.
/// Neither text ever holds anything from inside a secret.
struct Error {
  ErrorKind kind = ErrorKind::internal;
  std::string what;
  std::string hint;  ///< may be empty
};

/// The result of anything that can fail in normal operation.
template <class T = void>
using Result = std::expected<T, Error>;

/// "WHAT: MESSAGE OF ERRNO"; the kind follows from `error_number` (errno).
[[nodiscard]] Error system_error(int error_number, std::string_view what);

}  // namespace blindfold::base
