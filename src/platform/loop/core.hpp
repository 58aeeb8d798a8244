#pragma once

#include <uv.h>

#include <cstddef>
#include <optional>

#include "platform/base/clock.hpp"
#include "platform/loop/deferred_queue.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer_queue.hpp"

namespace blindfold::loop {

/// A loop's libuv side. Included by the sources of this folder only.
class Loop::Core final {
 public:
  explicit Core(const base::Clock& clock);
  ~Core();
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  Core(Core&&) = delete;
  Core& operator=(Core&&) = delete;

  void run(uv_run_mode mode) noexcept;
  void stop() noexcept { uv_stop(&loop_); }

  /// The first thing in every callback of libuv's.
  void wake() noexcept;
  [[nodiscard]] base::Instant now() const noexcept;

  /// Each event object counts itself.
  void enter() noexcept { ++objects_; }
  void leave() noexcept { --objects_; }

  void start(Timer& timer, base::SteadyTime deadline) noexcept;
  void stop(Timer& timer) noexcept;
  void schedule(Deferred& deferred) noexcept;
  void cancel(Deferred& deferred) noexcept;

  [[nodiscard]] uv_loop_t* uv() noexcept { return &loop_; }

 private:
  static void on_timer(uv_timer_t* timer) noexcept;
  static void on_idle(uv_idle_t* idle) noexcept;
  static void on_prepare(uv_prepare_t* prepare) noexcept;

  void fire_timers() noexcept;
  void arm() noexcept;
  void update_idle() noexcept;

  const base::Clock& clock_;
  uv_loop_t loop_{};
  uv_timer_t timer_{};
  uv_idle_t idle_{};        ///< runs while something is deferred or a timer is due
  uv_prepare_t prepare_{};  ///< before each wait: ends the turn

  bool running_ = false;
  std::optional<base::Instant> turn_;  ///< when it began; nothing between two

  TimerQueue timers_;
  std::optional<base::SteadyTime> armed_for_;  ///< what timer_ waits for
  bool timer_due_ = false;
  bool firing_ = false;
  bool fired_ = false;  ///< in this turn

  DeferredQueue deferred_;
  std::size_t objects_ = 0;
};

/// Ends what a handle does at once; its node, a heap object with members
/// `handle` and `owner` that `handle.data` points to, goes once libuv is done.
template <class Node>
void close_node(Node* node) noexcept {
  node->owner = nullptr;
  uv_close(reinterpret_cast<uv_handle_t*>(&node->handle),
           [](uv_handle_t* handle) noexcept { delete static_cast<Node*>(handle->data); });
}

}  // namespace blindfold::loop
