#pragma once

#include <array>
#include <functional>
#include <iosfwd>
#include <memory>
#include <string>
#include <vector>

#include "recorder.hpp"

namespace blindfold::inventory {

constexpr std::size_t requirement_count = 4;
constexpr std::size_t skipped_requirement = 3;
constexpr std::uint64_t first_sequence = 7;

/// One thing that happens to an inventory, as the property tester draws it.
struct Command {
  enum class Kind : std::uint8_t {
    look,   ///< `observation` of `requirement`
    pass,   ///< `time` passes; the owner wakes at each deadline
    lag,    ///< `time` passes and nobody wakes
    jump,   ///< system time jumps by `time`, back if `backwards`
    track,  ///< again, where it was removed
    remove,
    let_go,  ///< the tracker ends
    conclude,
  };
  Kind kind = Kind::look;
  std::size_t requirement = 0;
  model::Observation observation;
  std::chrono::milliseconds time{};
  bool backwards = false;
};

std::ostream& operator<<(std::ostream& out, const Command& command);

/// One call of the inventory, after which it was told `told`.
struct Call {
  enum class Kind : std::uint8_t { track, remove, let_go, look, advance, conclude };
  Kind kind = Kind::advance;
  std::size_t requirement = 0;  ///< of the first four kinds
  model::Observation observation;
  base::Instant at;
  Told told;
};

/// Drives an inventory by commands and shows each call that came of them.
class World final {
 public:
  using OnCall = std::function<void(const Call& call, const Inventory& inventory)>;

  /// Tracks all requirements at once.
  explicit World(OnCall on_call);

  void run(const std::vector<Command>& commands);

  [[nodiscard]] static const model::Requirement& requirement(std::size_t index);

 private:
  void apply(const Command& command);
  void pass(std::chrono::milliseconds time);
  void track(std::size_t index);
  void call(Call::Kind kind, std::size_t requirement, model::Observation observation = {});

  OnCall on_call_;
  base::Instant now_{base::SteadyTime(std::chrono::hours(1)),
                     base::SystemTime(std::chrono::hours(500'000))};
  Recorder recorder_;
  Inventory inventory_{recorder_, Options{.first_sequence = first_sequence}};
  std::array<bool, requirement_count> tracked_{};
  std::array<Tracker, requirement_count> trackers_;
};

/// Lists of commands that make short windows, long ones and their edges likely.
std::vector<Command> draw_commands();

}  // namespace blindfold::inventory
