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
  void end() noexcept;

  std::shared_ptr<Slot> slot_;  ///< owners: this handle and the bus
};

/// Carries every rotation event, in order and undelayed, to every subscriber on
/// a later turn of the loop, and keeps the last ones for replay.
class Bus final {
 public:
  /// Keeps the last `history` events, and those that are not delivered yet.
  explicit Bus(loop::Loop& loop, std::size_t history = 1000) noexcept;
  ~Bus();
  Bus(const Bus&) = delete;
  Bus& operator=(const Bus&) = delete;
  Bus(Bus&&) = delete;
  Bus& operator=(Bus&&) = delete;

  /// Sequence numbers increase from call to call.
  void publish(model::RotationEvent event);

  /// Everything published from now on. A subscriber may subscribe, unsubscribe
  /// (itself, too) and publish from within its callback; what it publishes is
  /// delivered on the turn after.
  [[nodiscard]] Subscription subscribe(loop::Callback<const model::RotationEvent&> on_event);

  /// The same, after the events later than `sequence` that are still kept,
  /// undelivered ones among them. `complete` is set to whether none between was
  /// dropped from the history; a number that this bus has not reached is another
  /// process's, and not complete.
  [[nodiscard]] Subscription subscribe_after(std::uint64_t sequence, bool& complete,
                                             loop::Callback<const model::RotationEvent&> on_event);

 private:
  Subscription add(std::uint64_t after, loop::Callback<const model::RotationEvent&> on_event);
  void deliver() noexcept;
  void trim(std::uint64_t told) noexcept;

  loop::Deferred deliver_;
  std::size_t limit_;
  std::uint64_t last_ = 0;     ///< sequence number published
  std::uint64_t dropped_ = 0;  ///< the last sequence number that is not kept any more
  std::deque<model::RotationEvent> history_;
  std::vector<std::shared_ptr<Subscription::Slot>> slots_;
};

}  // namespace blindfold::bus
