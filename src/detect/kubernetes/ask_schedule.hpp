#pragma once

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

/// Which question is next, and when: pure, time is an argument. Each question is
/// one requirement's, by its number from add(). Those about what is not there and
/// those about what is take turns, the longest due first, within the rate.
///
/// The first ones are urgent: they are not held back by the rate. Nor are those
/// of a hint: a hundred, and from then on as many as the rate has once more; those
/// beyond wait their turn, so hints without end cause no storm.
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
  /// There was no answer to this one: it is asked less and less often, though
  /// never less than at the steady pace.
  void failed(std::size_t question, base::SteadyTime now) noexcept;
  /// Nobody has an answer now: it is due again at once, after those that are due.
  void put_back(std::size_t question, base::SteadyTime now) noexcept;
  /// It was not asked after all: again at the steady pace.
  void rest(std::size_t question, base::SteadyTime now) noexcept;

  /// Something was created: whatever is not there is asked at once, and again a
  /// few times shortly after, as the hint comes before the creation is complete.
  void hint(base::SteadyTime now) noexcept;
  /// Whether hints come: then what is not there needs no quick questions.
  void set_hinted(bool hinted) noexcept { hinted_ = hinted; }

  /// All that are not being asked become urgent.
  void ask_all(base::SteadyTime now) noexcept;

 private:
  enum class Queue : std::uint8_t { urgent, absent, present };
  struct Question {
    base::SteadyTime due{};
    Queue queue = Queue::urgent;
    bool asking = false;
    bool there = false;
    bool again = false;          ///< a hint came while it was being asked
    std::size_t follow_ups = 0;  ///< quick repeats that are left after a hint
    std::uint8_t failures = 0;   ///< in a row
  };
  using Key = std::pair<base::SteadyTime, std::size_t>;
  using Keys = std::set<Key>;

  [[nodiscard]] Keys& keys_of(Queue queue) noexcept;
  [[nodiscard]] Keys* paced_due(base::SteadyTime now) noexcept;
  [[nodiscard]] static Queue paced_queue(const Question& question) noexcept {
    return question.there ? Queue::present : Queue::absent;
  }
  void put(std::size_t number, base::SteadyTime due, Queue queue) noexcept;
  void put_at_pace(std::size_t number, base::SteadyTime now) noexcept;
  void drop(std::size_t number) noexcept;
  void finish(std::size_t number, base::SteadyTime now) noexcept;

  Pace pace_;
  Turn turn_;  ///< of those at the pace
  RateLimit hint_rate_;
  base::Random random_;
  bool hinted_ = false;
  bool absent_first_ = true;  ///< of those at the pace
  std::vector<Question> questions_;
  Keys urgent_;
  Keys absent_;
  Keys present_;
};

}  // namespace blindfold::detect
