#include "app/once.hpp"

#include <algorithm>
#include <chrono>
#include <csignal>

#include "show/report/status.hpp"

namespace blindfold::app {
namespace {

// A look that failed is tried again: a network file system may come back.
constexpr std::chrono::seconds retry_interval{1};

bool answered(const model::Standing* standing) noexcept {
  return standing->presence == model::Presence::skipped || standing->answered_at.has_value();
}

}  // namespace

Once::Once(const base::Clock& clock, const manifest::Deployment& deployment,
           const sandbox::Confinement& confinement, Limits limits)
    : loop_(clock),
      limits_(limits),
      time_is_up_(loop_, [this]() noexcept { end(); }),
      again_(loop_, [this]() noexcept { try_again(); }),
      terminate_(loop_, [this]() noexcept { end(); }),
      interrupt_(loop_, [this]() noexcept { end(); }),
      detection_(loop_, *this, deployment, confinement, [](const detect::Notice&) noexcept {}) {
}

std::vector<const model::Standing*> Once::run() {
  // Without handlers the signals end the process by themselves.
  static_cast<void>(terminate_.start(SIGTERM));
  static_cast<void>(interrupt_.start(SIGINT));
  detection_.start();
  watching_ = true;
  if (!done()) {
    time_is_up_.start(limits_.time);
    again_.start(retry_interval);
    loop_.run();
  }
  watching_ = false;
  detection_.conclude();
  return detection_.inventory().standings();
}

void Once::on_event(const model::RotationEvent& /*event*/) noexcept {
}

void Once::on_standing(const model::Standing& /*standing*/) noexcept {
  if (watching_ && done()) {
    end();
  }
}

bool Once::done() const noexcept {
  const auto standings = detection_.inventory().standings();
  if (!detection_.conditions_settled()) {
    return false;
  }
  return limits_.until_present ? report::summarize(standings).ready()
                               : std::ranges::all_of(standings, answered);
}

void Once::try_again() noexcept {
  if (done()) {
    end();
    return;
  }
  detection_.look_again();
  again_.start(retry_interval);
}

void Once::end() noexcept {
  terminate_.stop();
  interrupt_.stop();
  loop_.stop();
}

}  // namespace blindfold::app
