#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "clients/kubernetes/connection.hpp"
#include "clients/kubernetes/requests.hpp"
#include "clients/kubernetes/status.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::kubernetes {

struct CallLimits {
  std::chrono::milliseconds timeout = std::chrono::seconds(10);
  std::size_t body = 64UL * 1024;
};

/// One question and its answer: the token, one more try with a fresh one after a
/// 401, the body read as it arrives. It never repeats anything else: when to ask
/// again is its owner's to say. Destroying it, or cancel(), ends it silently.
class Call final {
 public:
  /// Nothing: the reply was of the form that was asked for and `reader` has it.
  using Done = loop::Callback<const std::optional<Failure>&>;

  /// `connection` and `reader` outlive it. The reader is told of the reply's
  /// own document, and of none where the reply is a Status.
  Call(Connection& connection, json::Reader& reader, Done done);
  ~Call();
  Call(const Call&) = delete;
  Call& operator=(const Call&) = delete;
  Call(Call&&) = delete;
  Call& operator=(Call&&) = delete;

  /// Only while none runs. `done` is never called from within.
  void start(ApiRequest request, CallLimits limits = {}) noexcept;
  void cancel() noexcept;
  [[nodiscard]] bool running() const noexcept;

 private:
  class Implementation;
  std::unique_ptr<Implementation> implementation_;
};

}  // namespace blindfold::kubernetes
