#pragma once

#include "platform/base/error.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::loop {

/// Calls back on the loop when the process receives a signal. Two deliveries
/// that come close may be one call, as with any signal.
class Signal final {
 public:
  Signal(Loop& loop, Callback<> on_signal) noexcept;
  ~Signal();
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;
  Signal(Signal&&) = delete;
  Signal& operator=(Signal&&) = delete;

  [[nodiscard]] base::Result<> start(int number) noexcept;
  void stop() noexcept;

 private:
  struct Node;
  Loop& loop_;
  OwnedCallback<> on_signal_;
  Node* node_ = nullptr;
};

}  // namespace blindfold::loop
