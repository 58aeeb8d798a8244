#pragma once

#include <optional>
#include <string>
#include <utility>

#include "clients/aws/call.hpp"
#include "clients/aws/readers.hpp"
#include "clients/aws/session.hpp"
#include "detect/aws/parameters_plan.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// Makes the requests of one region's ParametersPlan and hands it what comes back.
class ParametersSource final {
 public:
  /// `loop` and `session` outlive it. `on_missing` as the plan's.
  ParametersSource(loop::Loop& loop, aws::Session& session, const std::string& region,
                   const Pace& pace, loop::Callback<AwsItem&> on_missing);

  void watch(AwsItem item) { plan_.watch(std::move(item)); }
  /// After the last watch().
  void start() noexcept;
  void set_sight(const model::Sight& sight) noexcept;
  void look_again() noexcept;
  void give_up() noexcept;
  void look_elsewhere(AwsItem& item) noexcept;

 private:
  void ask() noexcept;

  loop::Loop& loop_;
  ParametersPlan plan_;
  loop::Timer timer_;
  aws::ParameterListReader reader_;
  aws::Call call_;
};

}  // namespace blindfold::detect
