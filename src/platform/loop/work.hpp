#pragma once

#include <functional>

#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::loop {

/// Runs a task on libuv's pool and calls back on the loop when it is done: for
/// what may block (a network file system). A task cannot be interrupted:
/// destroying the Work while it runs drops the answer, and the task, which
/// therefore owns all it touches, ends by itself; the loop's destructor waits
/// for it.
class Work final {
 public:
  Work(Loop& loop, Callback<> on_done) noexcept;
  ~Work();
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  Work(Work&&) = delete;
  Work& operator=(Work&&) = delete;

  /// Only while no task runs.
  void start(std::move_only_function<void() noexcept> task) noexcept;
  [[nodiscard]] bool running() const noexcept { return node_ != nullptr; }

 private:
  struct Node;
  Loop& loop_;
  OwnedCallback<> on_done_;
  Node* node_ = nullptr;
};

}  // namespace blindfold::loop
