#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "clients/aws/call.hpp"
#include "detect/aws/aws_answer.hpp"
#include "detect/aws/aws_item.hpp"
#include "detect/aws/parameter_pass.hpp"
#include "detect/aws/patience.hpp"
#include "detect/aws/poll_schedule.hpp"
#include "detect/polling/rate_limit.hpp"
#include "platform/loop/callback.hpp"

namespace blindfold::detect {

/// Which request to Parameter Store is next in one region, and when. Pure: time is
/// an argument, and its owner makes the requests, one at a time, and hands it what
/// came of each.
///
/// What is due is asked for together, up to fifty names at once, filled up with
/// what is due next. Everything keeps to the rate, whose unused requests are not
/// kept: the service's own limit is very low.
class ParametersPlan final {
 public:
  /// `on_missing`: an item was told missing for the first time.
  ParametersPlan(AwsServer server, const Pace& pace, loop::Callback<AwsItem&> on_missing,
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
  void look_elsewhere(AwsItem& item) noexcept;

  /// When take() may have something; nothing: not before an answer comes.
  [[nodiscard]] std::optional<base::SteadyTime> next(base::SteadyTime now) noexcept;
  /// A request to be made now, which then counts.
  [[nodiscard]] std::optional<aws::Operation> take(base::SteadyTime now) noexcept;

  // What came of it. Each question has one answer.
  void on_parameter(const aws::ParameterFacts& facts) noexcept { pass_.on_parameter(facts); }
  void on_page(const std::optional<aws::Failure>& failure, const std::string& next,
               base::Instant now) noexcept;

 private:
  struct Wish {  ///< for something that looks like what is missing
    AwsItem* item;
    bool elsewhere;  ///< the item is another region's
  };
  enum class Pass : std::uint8_t { none, items, wishes };

  void begin_items(base::SteadyTime now);
  void take_items(std::set<std::string>& names, base::SteadyTime now, bool early);
  void begin_wishes();
  void on_trouble(const AwsAnswer& answer, base::Instant now) noexcept;
  void on_answered(base::SteadyTime now) noexcept;
  void fail_items(const model::Observation& failure, base::Instant now) noexcept;
  void deny_items(const model::Observation& denied, base::Instant now) noexcept;
  void end_items(base::Instant now) noexcept;
  void end_wishes(base::Instant now) noexcept;
  void tell(std::size_t number, model::Observation observation, double factor,
            base::Instant now) noexcept;
  [[nodiscard]] model::Observation observe(const AwsPlace& place) const;

  AwsServer server_;
  Pace pace_;
  RateLimit rate_;
  Patience patience_;
  PollSchedule schedule_;
  loop::OwnedCallback<AwsItem&> on_missing_;
  std::vector<std::unique_ptr<AwsItem>> items_;  ///< by number
  std::vector<bool> was_missing_;                ///< by number
  std::vector<bool> was_asked_;                  ///< by number
  ParameterPass pass_;
  Pass passing_ = Pass::none;       ///< what the pass is for; it may go on later
  std::vector<std::size_t> asked_;  ///< with `items`
  std::vector<Wish> asked_wishes_;  ///< with `wishes`
  std::deque<Wish> wishes_;
  std::size_t wishes_taken_ = 0;
  std::string own_account_;  ///< empty: not known yet
  bool asking_ = false;
  bool started_ = false;
  bool over_ = false;
  std::optional<model::Observation> trouble_;  ///< since the last answer
};

}  // namespace blindfold::detect
