#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "core/inventory/entry.hpp"
#include "core/inventory/tracker.hpp"
#include "core/model/rotation_event.hpp"
#include "core/model/standing.hpp"

namespace blindfold::inventory {

/// Told by the inventory, from within the call that caused it. It may read the
/// standings and must not call anything that changes the inventory. Where a call
/// causes both, the event comes first; the standing is up to date in both.
class Listener {
 public:
  virtual ~Listener() = default;
  virtual void on_event(const model::RotationEvent& event) noexcept = 0;
  /// Presence, sight, details, staleness or `rotated_at` of this standing changed.
  virtual void on_standing(const model::Standing& standing) noexcept = 0;
};

struct Options {
  /// How long something stays away before it counts as `disappeared`.
  std::chrono::milliseconds grace = std::chrono::seconds(10);
  /// How long looks may fail before the presence is `unreachable`.
  std::chrono::milliseconds unreachable_after = std::chrono::seconds(60);
  std::uint64_t first_sequence = 1;
};

/// What is known of each requirement: a pure state machine. Observations and
/// the time go in; standings and rotation events come out. It has no timer of
/// its own: its owner calls advance() at next_deadline().
///
/// Its laws are in inventory/README.md; tests/unit/core/inventory checks each.
class Inventory final {
 public:
  /// `listener` outlives the inventory.
  explicit Inventory(Listener& listener, Options options = {}) noexcept;
  ~Inventory();
  Inventory(const Inventory&) = delete;
  Inventory& operator=(const Inventory&) = delete;
  Inventory(Inventory&&) = delete;
  Inventory& operator=(Inventory&&) = delete;

  /// Adds a requirement, which outlives the inventory or its removal from it,
  /// and whose id is not in it. Skipped ones have a standing and no tracker
  /// that is alive. The listener is not told.
  [[nodiscard]] Tracker track(const model::Requirement& requirement, base::Instant now);

  /// Ends it: its tracker is dead, its standing is gone, no event follows.
  void remove(std::string_view id) noexcept;

  /// Says whether the requirement's `when` holds, for one that has a `when`; until
  /// then that is `unknown`. One that does not apply is `skipped`, its looks
  /// vanish and its tracker says that none are wanted; when it applies again it
  /// begins anew, as if just tracked.
  void set_applies(std::string_view id, Applies applies, base::Instant now) noexcept;

  /// When advance() has something to do, or nothing. O(1).
  [[nodiscard]] std::optional<base::SteadyTime> next_deadline() const noexcept;
  /// Draws what has fallen due; each observation does so first, too. O(log n)
  /// for each that has.
  void advance(base::Instant now) noexcept;

  /// For `--once`, when its time is up: what was tried in vain is `unreachable`.
  void conclude(base::Instant now) noexcept;

  /// In the order in which they were added; valid until the next call.
  [[nodiscard]] std::vector<const model::Standing*> standings() const;

 private:
  friend class Tracker;
  struct Earlier {
    bool operator()(const Entry* a, const Entry* b) const noexcept;
  };

  void observe(Entry& entry, model::Observation observation, base::Instant now) noexcept;
  void unschedule(Entry& entry) noexcept;
  void reschedule(Entry& entry) noexcept;
  void tell(const Entry& entry, std::optional<model::EventKind> event, bool changed,
            base::SystemTime now) noexcept;

  Listener& listener_;
  Options options_;
  std::uint64_t next_sequence_;
  std::uint64_t next_number_ = 0;
  bool telling_ = false;  ///< a call of the listener's is under way
  std::vector<std::unique_ptr<Entry>> entries_;
  std::set<Entry*, Earlier> schedule_;  ///< those with a deadline, the earliest first
};

}  // namespace blindfold::inventory
