#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "clients/aws/credential_source.hpp"

namespace blindfold::aws {

/// What a service said instead of an answer. Its message is not kept: it may
/// quote what was asked for.
enum class Refusal : std::uint8_t {
  access_denied,
  not_found,         ///< ResourceNotFoundException, ParameterNotFound, ParameterVersionNotFound
  invalid_request,   ///< ValidationException, InvalidRequestException, InvalidParameter…
  throttled,         ///< ThrottlingException, TooManyUpdates, RequestLimitExceeded, 429, 503
  not_signed_right,  ///< the key is unknown or has expired, or its signature is wrong
  clock,             ///< the time is off, also after it was corrected
  server_error,      ///< 5xx
  unexpected,
};

/// Why a call brought no word of the service either.
enum class Fault : std::uint8_t {
  unreachable,
  not_trusted,
  timed_out,
  cut_off,
  not_the_form,
  too_large,
  credential,  ///< none could be had: `credentials` says why
  internal,
};

/// A call that did not bring what was asked for: a refusal or a fault.
struct Failure {
  std::optional<Refusal> refusal{};
  std::optional<Fault> fault{};
  int status = 0;  ///< of HTTP; 0: none came
  std::optional<std::chrono::seconds> retry_after{};
  CredentialFailures credentials{};
};

}  // namespace blindfold::aws
