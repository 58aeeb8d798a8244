#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <utility>
#include <vector>

#include "detect/polling/rate_limit.hpp"
#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// When each question is due: quickly while somebody waits for the answer to
/// change, steadily otherwise. Who has waited for ten minutes is asked for half as
/// often from one time to the next, down to once a minute. Pure; the rate is its
/// owner's.
class PollSchedule final {
 public:
  explicit PollSchedule(const Pace& pace, base::Random random = base::Random());

  /// One more, due at once. Numbers count from 0.
  std::size_t add(base::SteadyTime now);

  /// When one is due, or nothing: all are being asked, or resting.
  [[nodiscard]] std::optional<base::SteadyTime> next() const noexcept;
  /// The longest due, which then counts as being asked.
  [[nodiscard]] std::optional<std::size_t> take(base::SteadyTime now) noexcept;
  /// The one that is due next, though it is not yet.
  [[nodiscard]] std::optional<std::size_t> take_early() noexcept;

  /// A factor, up to a fifth off, for all that are answered together: they then
  /// are due together.
  [[nodiscard]] double draw() noexcept { return 0.8 + 0.4 * random_.fraction(); }

  /// The answer came; `pending`: somebody waits for another one.
  void answered(std::size_t number, bool pending, base::SteadyTime now, double factor) noexcept;
  /// None came to this one, for reasons of its own: less and less often.
  void failed(std::size_t number, base::SteadyTime now) noexcept;
  /// Due then, whatever it was before.
  void put(std::size_t number, base::SteadyTime due) noexcept;
  /// Due no later than then. Nothing for one that is being asked.
  void pull(std::size_t number, base::SteadyTime due) noexcept;
  /// Due at no time of its own, until put() or pull().
  void rest(std::size_t number) noexcept;
  [[nodiscard]] bool resting(std::size_t number) const noexcept {
    return questions_[number].state == State::resting;
  }

  [[nodiscard]] bool asking(std::size_t number) const noexcept {
    return questions_[number].state == State::asking;
  }

  /// All that are neither being asked nor resting are due now. Nobody has waited
  /// yet.
  void ask_all(base::SteadyTime now) noexcept;

 private:
  enum class State : std::uint8_t { waiting, asking, resting };
  struct Question {
    base::SteadyTime due{};
    State state = State::waiting;
    std::optional<base::SteadyTime> pending_since{};
    std::chrono::milliseconds interval{};  ///< the latest, without jitter
    std::uint8_t failures = 0;             ///< in a row
  };

  [[nodiscard]] std::chrono::milliseconds interval_of(const Question& question, bool pending,
                                                      base::SteadyTime now) const noexcept;
  std::size_t take_first() noexcept;

  Pace pace_;
  base::Random random_;
  std::vector<Question> questions_;
  std::set<std::pair<base::SteadyTime, std::size_t>> waiting_;
};

}  // namespace blindfold::detect
