#pragma once

#include <cstdint>

namespace blindfold::model {

/// Why the API server, or the service, gave no answer.
enum class ApiTrouble : std::uint8_t {
  unreachable,
  not_trusted,
  timed_out,
  cut_off,
  not_the_form,
  too_large,
  credential,    ///< no token could be had
  unauthorized,  ///< 401; in AWS: an unknown key or a wrong signature
  clock,         ///< this machine's time is off, and correcting for it did not help
  throttled,     ///< 429
  server_error,  ///< 5xx
  unexpected,    ///< any other status
};

}  // namespace blindfold::model
