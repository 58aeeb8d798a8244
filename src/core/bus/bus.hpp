#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <vector>

#include "core/model/rotation_event.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"

namespace blindfold::bus {

class Bus;

/// Its destruction ends the subscription: the callback is never called again.
class Subscription final {
 public:
  Subscription() noexcept = default;
  ~Subscription();
  Subscription(Subscription&& other) noexcept;
  Subscription& operator=(Subscription&& other) noexcept;
  Subscription(const Subscription&) = delete;
  Subscription& operator=(const Subscription&) = delete;

 private:
  friend class Bus;
  struct Slot;
  explicit Subscription(std::shared_ptr<Slot> slot) noexcept;

  std::shared_ptr<Slot> slot_;  ///< owners: this handle and the bus
};

/// Carries every rotation event, in order and undelayed, to every subscriber on
/// a later turn of the loop, and keeps the last ones for replay.
class Bus final {
 public:
  /// Keeps `history` events.
  explicit Bus(loop::Loop& loop, std::size_t history = 1000) noexcept;
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  Bus(Bus&&) = delete;
  Bus& operator=(Bus&&) = delete;

  /// Sequence numbers increase from call to call.
  void publish(model::RotationEvent event);

  /// Everything published from now on. A subscriber may subscribe, unsubscribe
  /// (itself, too) and publish from within its callback.
  [[nodiscard]] Subscription subscribe(loop::Callback<const model::RotationEvent&> on_event);

  /// The same, after the events later than `sequence` that are still kept.
  /// `complete` is set to whether none between was dropped from the history.
  [[nodiscard]] Subscription subscribe_after(std::uint64_t sequence, bool& complete,
                                             loop::Callback<const model::RotationEvent&> on_event);

 private:
  void deliver() noexcept;

  loop::Deferred deliver_;
  std::size_t limit_;
  std::deque<model::RotationEvent> history_;
  std::vector<std::shared_ptr<Subscription::Slot>> slots_;
};

}  // namespace blindfold::bus
