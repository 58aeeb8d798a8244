#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// How often questions are asked, whoever asks.
struct Pace {
  std::chrono::milliseconds quick;   ///< between two about what is not there
  std::chrono::milliseconds steady;  ///< and about what is
  std::uint32_t count;               ///< at most so many
  std::chrono::milliseconds per;     ///< in so long
};

/// Limits questions to the pace's `count` in each `per`; unused ones are kept, up
/// to `burst`.
class RateLimit final {
 public:
  RateLimit(const Pace& pace, std::uint32_t burst) noexcept;

  /// Takes one question's leave where there is one.
  [[nodiscard]] bool take(base::SteadyTime now) noexcept;
  /// When there is the next one.
  [[nodiscard]] base::SteadyTime next(base::SteadyTime now) const noexcept;

 private:
  void refill(base::SteadyTime now) noexcept;

  std::chrono::nanoseconds interval_;  ///< after which there is one more
  std::uint32_t most_;
  std::uint32_t left_;
  base::SteadyTime counted_at_{};
};

/// Which question is next, and when: pure, time is an argument. Each question is
/// one requirement's, by its number from add(). The first ones are urgent: they
/// are not held back by the rate. Nor are those of a hint, as long as there are
/// no more than a hundred; those beyond are, so hints without end cause no storm.
class AskSchedule final {
 public:
  /// `rate`, which others may share, outlives it.
  AskSchedule(const Pace& pace, RateLimit& rate, base::Random random = base::Random());

  /// Urgent from now on.
  std::size_t add(base::SteadyTime now);

  /// When take() has something to give, as far as is known now; nothing where all
  /// are being asked.
  [[nodiscard]] std::optional<base::SteadyTime> next(base::SteadyTime now) const noexcept;
  /// One that is due, which then counts as being asked.
  [[nodiscard]] std::optional<std::size_t> take(base::SteadyTime now) noexcept;

  /// The answer: whether the credential is there.
  void answered(std::size_t question, bool there, base::SteadyTime now) noexcept;
  /// There was no answer.
  void failed(std::size_t question, base::SteadyTime now) noexcept;

  /// Something was created: whatever is not there is asked at once, and again a
  /// few times shortly after, as the hint comes before the creation is complete.
  void hint(base::SteadyTime now) noexcept;
  /// Whether hints come: then what is not there needs no quick questions.
  void set_hinted(bool hinted) noexcept { hinted_ = hinted; }

  /// All that are not being asked become urgent.
  void ask_all(base::SteadyTime now) noexcept;

 private:
  struct Question {
    base::SteadyTime due{};
    bool urgent = true;
    bool asking = false;
    bool there = false;
    bool again = false;          ///< a hint came while it was being asked
    std::size_t follow_ups = 0;  ///< quick repeats that are left after a hint
  };
  using Key = std::pair<base::SteadyTime, std::size_t>;

  [[nodiscard]] std::set<Key>& queue_of(const Question& question) noexcept {
    return question.urgent ? urgent_ : paced_;
  }
  void put(std::size_t number, base::SteadyTime due, bool urgent) noexcept;
  void drop(std::size_t number) noexcept;
  void finish(std::size_t number, base::SteadyTime now) noexcept;

  Pace pace_;
  RateLimit& rate_;
  RateLimit hint_rate_;
  base::Random random_;
  bool hinted_ = false;
  std::vector<Question> questions_;
  std::set<Key> urgent_;
  std::set<Key> paced_;
};

}  // namespace blindfold::detect
