#pragma once

#include "core/manifest/agent_settings.hpp"
#include "detect/polling/rate_limit.hpp"

namespace blindfold::app {

[[nodiscard]] inline detect::Pace pace_of(const manifest::StorePoll& poll) noexcept {
  return {
      .quick = poll.quick, .steady = poll.steady, .count = poll.rate.count, .per = poll.rate.per};
}

}  // namespace blindfold::app
