#pragma once

#include <chrono>
#include <cstdint>
#include <optional>

#include "core/model/observation.hpp"
#include "core/model/rotation_event.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::inventory {

/// What the looks so far prove about one credential, and which event follows
/// from the next. Only green and red answers prove anything; a grey answer or a
/// failed look leaves the proof as it was, but no event `disappeared` is drawn
/// from it until the next red answer.
class Evidence final {
 public:
  /// `grace` is how long it stays away before it counts as disappeared.
  explicit Evidence(std::chrono::milliseconds grace) noexcept : grace_(grace) {}

  /// Takes one look. What was due at `now` has been drawn before with expire().
  [[nodiscard]] std::optional<model::EventKind> take(const model::Observation& observation,
                                                     base::SteadyTime now);

  /// `disappeared` where the grace window is over and the latest look was red.
  [[nodiscard]] std::optional<model::EventKind> expire(base::SteadyTime now) noexcept;

  /// Nothing is proven any more.
  void forget() noexcept { *this = Evidence(grace_); }

  /// When expire() will have something to say, or nothing.
  [[nodiscard]] std::optional<base::SteadyTime> deadline() const noexcept;

 private:
  enum class Proven : std::uint8_t {
    nothing,  ///< no green or red answer yet
    there,
    away,  ///< was there, and the last green or red answer was red: the grace window
    gone,
  };

  [[nodiscard]] std::optional<model::EventKind> take_green(const model::Version& version);
  [[nodiscard]] std::optional<model::EventKind> take_red(base::SteadyTime now) noexcept;

  std::chrono::milliseconds grace_;
  Proven proven_ = Proven::nothing;
  bool latest_is_red_ = false;
  base::SteadyTime window_end_;  ///< while `away`
  model::Version version_;       ///< the last known one, while `there` or `away`
};

}  // namespace blindfold::inventory
