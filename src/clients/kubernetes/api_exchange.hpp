#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "clients/kubernetes/requests.hpp"
#include "clients/kubernetes/status.hpp"
#include "clients/kubernetes/status_reader.hpp"
#include "clients/kubernetes/token_source.hpp"
#include "clients/kubernetes/trust.hpp"
#include "platform/http/client.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::kubernetes {

/// Told how an exchange goes. From any of these the exchange may be cancelled or
/// destroyed.
class ApiListener {
 public:
  virtual ~ApiListener() = default;
  /// A reply of the right status and type begins.
  virtual void on_reply() noexcept = 0;
  /// Its next bytes. A fault ends the exchange with it.
  virtual std::optional<Fault> on_bytes(std::string_view bytes) noexcept = 0;
  /// The reply is complete (nothing), or what there was instead.
  virtual void on_end(const std::optional<Failure>& failure) noexcept = 0;
};

/// One request to the API server and its reply: the token, once more with a
/// fresh one after a 401, a Status read where there is one. Of a reply that is
/// not JSON not a byte is looked at.
class ApiExchange final : private http::Receiver {
 public:
  struct Terms {
    std::optional<std::chrono::milliseconds> timeout{};  ///< for all of it; nothing: none
    std::size_t max_body = 0;
  };

  /// All outlive it.
  ApiExchange(loop::Loop& loop, http::Client& client, TokenSource& tokens, Trust& trust,
              ApiListener& listener) noexcept;
  ~ApiExchange() override;
  ApiExchange(const ApiExchange&) = delete;
  ApiExchange& operator=(const ApiExchange&) = delete;
  ApiExchange(ApiExchange&&) = delete;
  ApiExchange& operator=(ApiExchange&&) = delete;

  /// Only while none runs. The listener is never told from within it.
  void start(ApiRequest request, Terms terms) noexcept;
  void cancel() noexcept;
  [[nodiscard]] bool running() const noexcept { return running_; }

 private:
  /// A body that is a Status, while it is being read.
  struct StatusReply {
    StatusReader reader;
    json::Parser parser{reader};
  };
  /// What the bytes of the body are.
  enum class Body : std::uint8_t { none, reply, status, dropped };

  bool on_head(const http::Head& head) noexcept override;
  bool on_data(std::string_view bytes) noexcept override;
  void on_end(base::Result<> result) noexcept override;

  void ask_for_token() noexcept;
  void send(const base::Result<const secret::SecretBuffer*>& token) noexcept;
  bool give(std::string_view bytes) noexcept;
  [[nodiscard]] std::optional<Failure> outcome(const base::Result<>& result) noexcept;
  [[nodiscard]] Failure refusal(const base::Result<>& result) noexcept;
  [[nodiscard]] Failure fault(Fault fault) const;
  void end(const std::optional<Failure>& failure) noexcept;

  TokenSource& tokens_;
  Trust& trust_;
  ApiListener& listener_;
  http::Transfer transfer_;
  loop::Timer deadline_;
  std::unique_ptr<TokenSource::Wish> wish_;
  ApiRequest request_;
  Terms terms_;
  http::Head head_;
  Body body_ = Body::none;
  std::unique_ptr<StatusReply> status_;
  std::optional<Fault> fault_;
  bool running_ = false;
  bool refused_ = false;  ///< the token, once
  bool* destroyed_ = nullptr;
};

}  // namespace blindfold::kubernetes
