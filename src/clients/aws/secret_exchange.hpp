#pragma once

#include <chrono>
#include <memory>
#include <string_view>

#include "core/model/aws_detail.hpp"
#include "platform/base/error.hpp"
#include "platform/http/client.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"
#include "platform/secret/secret_buffer.hpp"

namespace blindfold::aws {

/// One request after the other to one server, each with a reply of 64 KiB at
/// most, whole and in a SecretBuffer: what it holds is a credential. Destroying
/// it, also from within `done`, ends it.
class SecretExchange final : private http::Receiver {
 public:
  struct Reply {
    /// Of HTTP. 0: there is no whole reply, and `trouble` says why.
    int status = 0;
    model::CredentialTrouble trouble = model::CredentialTrouble::internal;
    const secret::SecretBuffer& body;  ///< lent for the call
  };
  using Done = loop::Callback<const Reply&>;

  /// Fails (`configuration`) where the endpoint cannot be used.
  [[nodiscard]] static base::Result<std::unique_ptr<SecretExchange>> make(loop::Loop& loop,
                                                                          http::Endpoint endpoint,
                                                                          Done done);
  SecretExchange(loop::Loop& loop, std::unique_ptr<http::Client> client, Done done) noexcept;
  ~SecretExchange() override = default;
  SecretExchange(const SecretExchange&) = delete;
  SecretExchange& operator=(const SecretExchange&) = delete;
  SecretExchange(SecretExchange&&) = delete;
  SecretExchange& operator=(SecretExchange&&) = delete;

  /// Only while none runs; from within `done` too. The request's own limits do
  /// not count. `credential` is lent for the call.
  void start(http::Request request, http::SecretHeader credential,
             std::chrono::milliseconds timeout) noexcept;

 private:
  bool on_head(const http::Head& head) noexcept override;
  bool on_data(std::string_view bytes) noexcept override;
  void on_end(base::Result<> result) noexcept override;

  void fail(model::CredentialTrouble trouble) noexcept;

  std::unique_ptr<http::Client> client_;
  loop::OwnedCallback<const Reply&> done_;
  http::Transfer transfer_;
  loop::Timer deadline_;
  loop::Deferred turn_;
  int status_ = 0;
  secret::SecretBuffer body_;
};

/// Whether the same request could be answered otherwise a little later.
[[nodiscard]] bool is_passing(int status) noexcept;

}  // namespace blindfold::aws
