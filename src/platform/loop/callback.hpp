#pragma once

#include <cassert>
#include <functional>
#include <utility>

namespace blindfold::loop {

/// The one callback type: captures `this` or values, cannot throw. What owns
/// it may be destroyed from within it.
template <class... Arguments>
using Callback = std::move_only_function<void(Arguments...) noexcept>;

/// A callback as a member of whoever may be destroyed from within it: while it
/// runs it stands on the stack, so that what it captured outlives the call.
template <class... Arguments>
class OwnedCallback final {
 public:
  explicit OwnedCallback(Callback<Arguments...> callback) noexcept
      : callback_(std::move(callback)) {}
  ~OwnedCallback() {
    if (destroyed_ != nullptr) {
      *destroyed_ = true;
    }
  }
  OwnedCallback(const OwnedCallback&) = delete;
  OwnedCallback& operator=(const OwnedCallback&) = delete;
  OwnedCallback(OwnedCallback&&) = delete;
  OwnedCallback& operator=(OwnedCallback&&) = delete;

  /// Calls it; never from within itself. Whoever calls touches no member of the
  /// owner's afterwards unless it knows that the owner is still there.
  void operator()(Arguments... arguments) noexcept {
    assert(destroyed_ == nullptr && callback_);
    bool destroyed = false;
    destroyed_ = &destroyed;
    Callback<Arguments...> running = std::move(callback_);
    running(std::forward<Arguments>(arguments)...);
    if (!destroyed) {
      callback_ = std::move(running);
      destroyed_ = nullptr;
    }
  }

 private:
  Callback<Arguments...> callback_;
  bool* destroyed_ = nullptr;
};

}  // namespace blindfold::loop
