#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "clients/aws/call.hpp"
#include "detect/aws/patience.hpp"
#include "detect/aws/poll_schedule.hpp"
#include "detect/aws/secret_look.hpp"
#include "detect/aws/secret_question.hpp"
#include "detect/aws/secret_sweep.hpp"
#include "detect/aws/spare_questions.hpp"
#include "detect/polling/rate_limit.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

/// Which request to Secrets Manager is next in one region, and when. Pure: time
/// is an argument, and its owner makes the requests and hands it what came of
/// each.
///
/// Each secret is described when it is due; where more than twenty of a kind
/// (those that somebody waits for, those that are there) would be, and a pass over
/// the listing takes fewer requests, they are swept instead, and described only
/// where the listing claims something new. Everything keeps to the rate, four
/// requests at a time at most; while the service fails, one.
class SecretsPlan final {
 public:
  static constexpr std::size_t most_at_once = 4;

  /// `on_missing`: an item was told missing for the first time.
  SecretsPlan(AwsServer server, const Pace& pace, loop::Callback<AwsItem&> on_missing,
              base::Random random = base::Random());

  void watch(AwsItem item);
  /// After the last watch().
  void start(base::Instant now) noexcept;

  void set_sight(const model::Sight& sight, base::Instant now) noexcept;
  void look_again(base::SteadyTime now) noexcept;
  /// Nothing more is asked. What was asked and has no answer has failed.
  void give_up(base::Instant now) noexcept;
  /// An item of another region is missing there: whether it is here. It outlives
  /// the plan.
  void look_elsewhere(AwsItem& item) noexcept { spare_.look_elsewhere(item); }

  /// When take() may have something; nothing: not before an answer comes.
  [[nodiscard]] std::optional<base::SteadyTime> next(base::SteadyTime now) noexcept;
  /// A request to be made now, which then counts.
  [[nodiscard]] std::optional<SecretQuestion> take(base::SteadyTime now) noexcept;

  // What came of it. Each question has one answer.
  void on_described(std::size_t number, const std::optional<aws::Failure>& failure,
                    const aws::SecretFacts& facts, base::Instant now) noexcept;
  void on_versions(std::size_t number, const std::optional<aws::Failure>& failure,
                   const std::string& current, const std::string& next, base::Instant now) noexcept;
  void on_swept(const aws::SecretFacts& facts) noexcept { sweep_.on_secret(facts); }
  void on_sweep_page(const std::optional<aws::Failure>& failure, const std::string& next,
                     base::Instant now) noexcept;
  void on_searched(const aws::SecretFacts& facts) noexcept { spare_.on_searched(facts); }
  void on_search_page(const std::optional<aws::Failure>& failure, const std::string& next,
                      base::Instant now) noexcept;
  void on_elsewhere(const std::optional<aws::Failure>& failure, const aws::SecretFacts& facts,
                    base::Instant now) noexcept;

 private:
  struct Count {
    std::size_t pending = 0;
    std::size_t settled = 0;
  };

  [[nodiscard]] std::optional<SecretQuestion> take_due(base::SteadyTime now) noexcept;
  [[nodiscard]] bool has_spare() noexcept;
  void on_step(std::size_t number, LookStep step, base::Instant now) noexcept;
  void on_spare(const std::optional<aws::Failure>& failure, base::Instant now) noexcept;
  void on_answered(base::SteadyTime now) noexcept;
  void on_trouble(const AwsAnswer& answer, AwsItem* item, base::Instant now) noexcept;
  [[nodiscard]] Count count() const noexcept;
  [[nodiscard]] bool is_swept(bool pending, const Count& count,
                              base::SteadyTime now) const noexcept;
  void plan(std::size_t number, const Count& count, base::SteadyTime now) noexcept;
  void take_claims(base::Instant now) noexcept;
  /// Until then each is described by itself.
  void stop_sweeping(base::SteadyTime now, base::SteadyTime until) noexcept;

  AwsServer server_;
  Pace pace_;
  RateLimit rate_;
  Patience patience_;
  PollSchedule schedule_;
  loop::OwnedCallback<AwsItem&> on_missing_;
  std::vector<std::unique_ptr<SecretLook>> looks_;  ///< by number
  std::vector<bool> was_missing_;                   ///< by number
  SecretSweep sweep_;
  std::size_t sweep_number_ = 0;  ///< in the schedule, after all looks
  base::SteadyTime no_sweep_before_{};
  SpareQuestions spare_;
  std::size_t asking_ = 0;
  bool started_ = false;
  bool over_ = false;
  std::optional<model::Observation> trouble_;  ///< since the last answer
};

}  // namespace blindfold::detect
