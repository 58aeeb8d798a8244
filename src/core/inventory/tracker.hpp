#pragma once

#include "core/model/observation.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::inventory {

class Inventory;
struct Entry;

/// By which a source pushes observations of one requirement. Move-only. Once
/// the requirement is removed from the inventory, or the inventory is gone, the
/// tracker is dead: what is pushed then vanishes. Where the tracker goes first,
/// the last standing stays.
class Tracker final {
 public:
  Tracker() noexcept = default;
  ~Tracker();
  Tracker(Tracker&& other) noexcept;
  Tracker& operator=(Tracker&& other) noexcept;
  Tracker(const Tracker&) = delete;
  Tracker& operator=(const Tracker&) = delete;

  /// O(log n) at most in the number of requirements. `skipped` is not a source's
  /// to say and is ignored.
  void observe(model::Observation observation, base::Instant now) noexcept;
  [[nodiscard]] bool alive() const noexcept { return entry_ != nullptr; }
  /// Whether looks are wanted: it is alive, and the requirement's `when` does not
  /// say that it is not needed.
  [[nodiscard]] bool wanted() const noexcept;

 private:
  friend class Inventory;
  Tracker(Inventory& inventory, Entry& entry) noexcept;

  Inventory* inventory_ = nullptr;
  Entry* entry_ = nullptr;
};

}  // namespace blindfold::inventory
