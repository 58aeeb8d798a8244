#pragma once

#include <deque>

#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/inotify.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::detect {

class PendingLook;

/// Looks that are due, made on later turns of the loop, some milliseconds' worth
/// a turn, so that a thousand of them keep nothing else waiting. What inotify
/// has queued is delivered before each turn's looks: they see what it tells of,
/// and are told of nothing that they saw.
class LookQueue final {
 public:
  /// `on_empty` is called when the last one has been made.
  LookQueue(loop::Loop& loop, loop::Inotify& inotify, loop::Callback<> on_empty) noexcept;
  LookQueue(const LookQueue&) = delete;
  LookQueue& operator=(const LookQueue&) = delete;
  LookQueue(LookQueue&&) = delete;
  LookQueue& operator=(LookQueue&&) = delete;
  ~LookQueue();

 private:
  friend class PendingLook;

  void on_turn() noexcept;

  loop::Inotify& inotify_;
  loop::OwnedCallback<> on_empty_;
  std::deque<PendingLook*> due_;  ///< null: cancelled
  loop::Deferred turn_;
};

/// One look in the queue. Its destruction cancels it.
class PendingLook final {
 public:
  PendingLook(LookQueue& queue, loop::Callback<> look) noexcept;
  ~PendingLook();
  PendingLook(const PendingLook&) = delete;
  PendingLook& operator=(const PendingLook&) = delete;
  PendingLook(PendingLook&&) = delete;
  PendingLook& operator=(PendingLook&&) = delete;

  /// Once; scheduling what is scheduled changes nothing.
  void schedule() noexcept;

 private:
  friend class LookQueue;

  LookQueue& queue_;
  loop::OwnedCallback<> look_;
  bool scheduled_ = false;
};

}  // namespace blindfold::detect
