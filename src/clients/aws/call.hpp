#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "clients/aws/credential_source.hpp"
#include "clients/aws/operations.hpp"
#include "clients/aws/session.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::aws {

/// What a service said instead of an answer. Its message is not kept: it may
/// quote what was asked for.
enum class Refusal : std::uint8_t {
  access_denied,
  not_found,         ///< ResourceNotFoundException, ParameterNotFound, ParameterVersionNotFound
  invalid_request,   ///< ValidationException, InvalidRequestException, InvalidParameter…
  throttled,         ///< ThrottlingException, TooManyUpdates, RequestLimitExceeded, 429
  not_signed_right,  ///< the key is unknown, or its signature is wrong
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
  std::optional<Refusal> refusal;
  std::optional<Fault> fault;
  int status = 0;  ///< of HTTP; 0: none came
  std::optional<std::chrono::seconds> retry_after;
  CredentialFailures credentials;
};

struct CallLimits {
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
  std::size_t body = 1024UL * 1024;
};

/// One question and its answer: credentials, signature, at most one more try
/// with a corrected clock and one with fresh credentials, the body read as it
/// arrives. It never repeats anything else: when to ask again is its owner's to
/// say. Destroying it, or cancel(), ends it silently.
class Call final {
 public:
  /// Nothing: the reply was of the form that was asked for and `reader` has it.
  using Done = loop::Callback<const std::optional<Failure>&>;

  /// `session` and `reader` outlive it. The reader is told of an answer's
  /// document, and of none where the service refused.
  Call(Session& session, std::string region, json::Reader& reader, Done done);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  Call(Call&&) = delete;
  Call& operator=(Call&&) = delete;

  /// Only while none runs. `done` is never called from within.
  void start(Operation operation, CallLimits limits = {}) noexcept;
  void cancel() noexcept;
  [[nodiscard]] bool running() const noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::aws
