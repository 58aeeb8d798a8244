#pragma once

#include <optional>
#include <string>
#include <vector>

#include "world.hpp"

namespace blindfold::inventory {

/// The inventory once more, as slow and plain as the laws read: it keeps every
/// step of each requirement's life and works everything out from the whole.
class Model final {
 public:
  /// What the listener must have been told of `call`.
  [[nodiscard]] Told expect(const Call& call);

  [[nodiscard]] std::vector<model::Standing> standings() const;
  [[nodiscard]] std::optional<base::SteadyTime> next_deadline() const;

 private:
  struct Step {
    enum class Kind : std::uint8_t { wake, look, conclude };
    Kind kind;
    base::Instant at;
    model::Observation observation;
  };

  struct Event {
    std::size_t step;
    base::SteadyTime due;
    model::EventKind kind;
  };

  struct Proof {
    std::vector<Event> events;
    std::optional<base::SteadyTime> window_end;  ///< where its end would draw an event
  };

  struct Failing {
    base::SteadyTime due;                         ///< of `unreachable`
    std::optional<base::SystemTime> unreachable;  ///< since when it is
    const model::Details* details;                ///< of the latest failed look
  };

  /// From track() to remove().
  struct Life {
    const model::Requirement* requirement;
    model::Standing standing;
    std::vector<Step> steps;

    [[nodiscard]] Proof proof() const;
    [[nodiscard]] const Step* last_answer() const;
    [[nodiscard]] std::optional<Failing> failing() const;
    [[nodiscard]] model::Standing shown() const;
  };

  struct Outcome {
    base::SteadyTime due;
    base::SystemTime at;
    const Life* life;
    std::optional<model::EventKind> event;
    bool changed;
  };

  [[nodiscard]] static Outcome grow(Life& life, Step step);
  void wake(base::Instant now, Told& told);
  void tell(const Outcome& outcome, Told& told);

  std::vector<Life> lives_;
  std::uint64_t next_sequence_ = first_sequence;
};

/// Each thing told as one line, so that a difference can be read.
std::vector<std::string> lines(const Told& told);
std::string line(const model::Standing& standing);

}  // namespace blindfold::inventory
