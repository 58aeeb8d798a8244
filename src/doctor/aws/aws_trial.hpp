#pragma once

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include "clients/aws/call.hpp"
#include "clients/aws/session.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/polling/rate_limit.hpp"
#include "doctor/aws/questions.hpp"
#include "doctor/aws/refusing_reader.hpp"
#include "doctor/aws/report.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/duration.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::doctor {

/// Tries, as one identity, the operations that bring values, each in a form that
/// can bring none, and of no reply reads anything. CloudTrail records each: whoever
/// starts it says so before. A few at a time, well under the quotas; what is
/// throttled is tried again.
class AwsTrial final {
 public:
  /// Told once, never from within start(): who keeps the identity from the
  /// values. Lent for the call.
  using Done = loop::Callback<const model::Sight&>;

  /// `loop` and `session` outlive it; `requirements` are read now. Destroying it
  /// ends it silently, at any time, from within `done` too.
  AwsTrial(loop::Loop& loop, aws::Session& session,
           std::span<const model::Requirement> requirements, Done done);
  ~AwsTrial();
  AwsTrial(const AwsTrial&) = delete;
  AwsTrial& operator=(const AwsTrial&) = delete;
  AwsTrial(AwsTrial&&) = delete;
  AwsTrial& operator=(AwsTrial&&) = delete;

  /// In which all is answered where the services answer: there are quotas.
  [[nodiscard]] base::Duration usual_time() const noexcept;
  /// Once. When the time is up, what has not been answered is not proven.
  void start(base::Duration timeout) noexcept;

  /// In the order in which they are tried.
  [[nodiscard]] const std::vector<AwsAttempt>& attempts() const noexcept { return attempts_; }

 private:
  struct Lane {
    std::size_t place = 0;
    std::unique_ptr<RefusingReader> reader{};
    std::unique_ptr<aws::Call> call{};  ///< null: it is idle
  };

  void go_on() noexcept;
  void ask(Lane& lane, std::size_t place) noexcept;
  void on_reply(Lane& lane, const std::optional<aws::Failure>& failure) noexcept;
  void ask_again(std::size_t place, const aws::Failure& failure) noexcept;
  void end() noexcept;
  void tell() noexcept;
  [[nodiscard]] Lane* idle_lane() noexcept;
  [[nodiscard]] base::SteadyTime next_turn() const noexcept;

  loop::Loop& loop_;
  aws::Session& session_;
  loop::OwnedCallback<const model::Sight&> done_;
  std::vector<Question> questions_;
  std::vector<AwsAttempt> attempts_;    ///< of the question in the same place
  std::vector<std::size_t> throttled_;  ///< how often, of the same
  std::deque<std::size_t> waiting_;     ///< places
  detect::RateLimit rate_;
  base::SteadyTime hold_until_{};
  std::vector<Lane> lanes_;
  loop::Timer turn_;
  loop::Timer time_is_up_;
  loop::Deferred ended_;
};

}  // namespace blindfold::doctor
