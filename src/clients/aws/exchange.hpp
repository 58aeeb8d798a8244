#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "clients/aws/call.hpp"
#include "clients/aws/clock_offset.hpp"
#include "clients/aws/refusal.hpp"
#include "clients/aws/way.hpp"
#include "platform/http/client.hpp"
#include "platform/json/parser.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::aws {

/// One signed request and its reply. Of a reply that is not JSON not a byte is
/// looked at. It measures the clock on the way.
class Exchange final : private http::Receiver {
 public:
  struct Outcome {
    std::optional<Failure> failure;  ///< nothing: the reader has the answer
    /// What the failure calls for: none, fresh_credentials, or right_clock, where
    /// the clock's offset is another than that which this one was signed with.
    Remedy remedy = Remedy::none;
  };
  /// The exchange may be destroyed or started again from within.
  using Done = loop::Callback<const Outcome&>;

  /// All outlive it. As with Call, the exchange may be cancelled or destroyed from
  /// within what the reader calls.
  Exchange(loop::Loop& loop, ClockOffset& clock, json::Reader& reader, Done done) noexcept;
  ~Exchange() override;
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  Exchange(Exchange&&) = delete;
  Exchange& operator=(Exchange&&) = delete;

  /// Only while none runs. Fails (as sign() does) where it cannot be signed, and
  /// nothing is sent then. `way` outlives what runs; `credentials` are lent for
  /// the call. `done` is never called from within.
  [[nodiscard]] base::Result<> start(const Way& way, const Operation& operation,
                                     const Credentials& credentials, CallLimits limits) noexcept;
  void cancel() noexcept;

 private:
  /// A body that says why there is no answer, while it is being read.
  struct RefusalReply {
    explicit RefusalReply(int status);
    RefusalReader reader;
    json::Parser parser;
  };

  bool on_head(const http::Head& head) noexcept override;
  bool on_data(std::string_view bytes) noexcept override;
  void on_end(base::Result<> result) noexcept override;

  bool give(std::string_view bytes) noexcept;
  bool took(const base::Result<>& fed) noexcept;
  void late() noexcept;
  void reset() noexcept;
  [[nodiscard]] Outcome outcome(const base::Result<>& result) noexcept;
  [[nodiscard]] Outcome answered(const base::Result<>& result) noexcept;
  [[nodiscard]] Outcome refused(const base::Result<>& result) noexcept;
  [[nodiscard]] Outcome fault(Fault fault) const;
  [[nodiscard]] Outcome refusal(Meaning meaning) const;
  [[nodiscard]] std::chrono::microseconds off_by() const noexcept;

  loop::Loop& loop_;
  ClockOffset& clock_;
  json::Reader& reader_;
  loop::OwnedCallback<const Outcome&> done_;
  loop::Timer deadline_;
  const http::Client* client_ = nullptr;  ///< that transfer_ is of
  std::optional<http::Transfer> transfer_;
  CallLimits limits_;
  base::SteadyTime sent_{};
  std::chrono::microseconds signed_with_{};  ///< the clock's offset
  http::Head head_;
  std::unique_ptr<json::Parser> parser_;  ///< of an answer
  std::unique_ptr<RefusalReply> refusal_;
  std::optional<Fault> fault_;
  bool* ended_ = nullptr;  ///< while the reader is told: whether that has ended it
};

}  // namespace blindfold::aws
