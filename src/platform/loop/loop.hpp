#pragma once

#include <memory>

#include "platform/base/clock.hpp"

namespace blindfold::loop {

/// One libuv loop on one thread. The first member of whoever owns the others:
/// every event object (Timer, Deferred, Poll, Inotify, Mounts, Signal, Work)
/// holds a reference to it, is a value member of its owner, and is cancelled
/// by its destruction: once the destructor has returned its callback is never
/// called again. An event object may be destroyed from within its own callback.
///
/// The destructor lets libuv finish closing what was destroyed; an event object
/// that is still alive then is a bug, and the process aborts.
class Loop final {
 public:
  /// `clock` outlives the loop. Throws std::system_error where the system is
  /// out of descriptors.
  explicit Loop(const base::Clock& clock);
  ~Loop();
  Loop(const Loop&) = delete;
  Loop& operator=(const Loop&) = delete;
  Loop(Loop&&) = delete;
  Loop& operator=(Loop&&) = delete;

  /// Runs until stop(), or until nothing is left that could happen. Not from
  /// within a callback; nor are the turns.
  void run() noexcept;

  /// Makes run() return after the current turn. Callable from any callback.
  void stop() noexcept;

  /// One turn that does not wait: timers that are due by the clock, what was
  /// deferred before, descriptors that are ready. For tests with a clock of
  /// their own, and for whoever embeds the loop in another.
  void turn() noexcept;

  /// One turn that waits until something happens; returns at once where nothing
  /// is left that could.
  void wait_turn() noexcept;

  /// The time, constant from one wake-up to the next wait; outside run() and the
  /// turns, the clock's.
  [[nodiscard]] base::Instant now() const noexcept;

  /// For the event objects of this folder only.
  class Core;
  [[nodiscard]] Core& core() noexcept { return *core_; }

 private:
  std::unique_ptr<Core> core_;
};

}  // namespace blindfold::loop
