#include "core/inventory/evidence.hpp"

#include <utility>

namespace blindfold::inventory {

using model::EventKind;

std::optional<EventKind> Evidence::take(const model::Observation& observation,
                                        base::SteadyTime now) {
  const model::Color color = model::color_of(observation.presence);
  latest_is_red_ = color == model::Color::red;
  if (color == model::Color::green) {
    return take_green(observation.version);
  }
  return latest_is_red_ ? take_red(now) : std::nullopt;
}

std::optional<EventKind> Evidence::take_green(const model::Version& version) {
  const Proven before = std::exchange(proven_, Proven::there);
  const bool comparable = version.known() && version_.known();
  const bool differs = comparable && version != version_;
  if (version.known()) {
    version_ = version;
  }
  switch (before) {
    case Proven::nothing:
      return std::nullopt;
    case Proven::gone:
      return EventKind::appeared;
    case Proven::there:
      return differs ? std::optional(EventKind::rotated) : std::nullopt;
    case Proven::away:
      return differs || !comparable ? std::optional(EventKind::rotated) : std::nullopt;
  }
  return std::nullopt;
}

std::optional<EventKind> Evidence::take_red(base::SteadyTime now) noexcept {
  if (proven_ == Proven::nothing) {
    proven_ = Proven::gone;
  } else if (proven_ == Proven::there) {
    proven_ = Proven::away;
    window_end_ = now + grace_;
  }
  return expire(now);
}

std::optional<EventKind> Evidence::expire(base::SteadyTime now) noexcept {
  const auto due = deadline();
  if (!due || now < *due) {
    return std::nullopt;
  }
  proven_ = Proven::gone;
  version_.token.clear();
  return EventKind::disappeared;
}

std::optional<base::SteadyTime> Evidence::deadline() const noexcept {
  if (proven_ != Proven::away || !latest_is_red_) {
    return std::nullopt;
  }
  return window_end_;
}

}  // namespace blindfold::inventory
