#pragma once

#include <cstdint>

#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::loop {

class DeferredQueue;

/// Calls back on a later turn of the loop, outside the caller's stack frame,
/// before the loop waits again. What is scheduled from within a deferred
/// callback runs on the turn after.
class Deferred final {
 public:
  Deferred(Loop& loop, Callback<> on_turn) noexcept;
  ~Deferred();
  Deferred(const Deferred&) = delete;
  Deferred& operator=(const Deferred&) = delete;
  Deferred(Deferred&&) = delete;
  Deferred& operator=(Deferred&&) = delete;

  /// Once; scheduling what is scheduled changes nothing.
  void schedule() noexcept;
  void cancel() noexcept;
  [[nodiscard]] bool scheduled() const noexcept;

 private:
  friend class DeferredQueue;
  Loop& loop_;
  OwnedCallback<> on_turn_;
  Deferred* previous_ = nullptr;
  Deferred* next_ = nullptr;
  std::uint64_t round_ = 0;  ///< of the queue's, when it was scheduled; 0: it is not
};

}  // namespace blindfold::loop
