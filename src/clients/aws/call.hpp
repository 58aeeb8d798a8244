#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "clients/aws/failure.hpp"
#include "clients/aws/operations.hpp"
#include "clients/aws/session.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::aws {

struct CallLimits {
  /// Of each of its requests, until the reply's end. Getting credentials has
  /// limits of its own.
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
  /// After decompression. A page of 100 secrets with all their tags and versions
  /// fits; what is read of it is not kept.
  std::size_t body = 8UL * 1024 * 1024;
};

/// One question and its answer: credentials, signature, at most one more try
/// with a corrected clock and one with fresh credentials, the body read as it
/// arrives. It never repeats anything else: when to ask again is its owner's to
/// say. Destroying it, or cancel(), ends it silently.
class Call final {
 public:
  /// Nothing: the reply was of the form that was asked for and `reader` has it.
  /// The call may be destroyed or started again from within.
  using Done = loop::Callback<const std::optional<Failure>&>;

  /// `session` and `reader` outlive it. The reader is told of an answer's
  /// document, and of none where the service refused. From within what the reader
  /// calls the call may be cancelled or destroyed, and not started; the reader is
  /// still told of the bytes that came with those. A region that is of no
  /// region's form makes each start end with `internal`.
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
