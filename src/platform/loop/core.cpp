#include "platform/loop/core.hpp"

#include <cassert>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <system_error>

namespace blindfold::loop {
namespace {

Loop::Core& core_of(void* data) {
  return *static_cast<Loop::Core*>(data);
}

/// For a bug in how the loop is used: to go on would touch freed memory.
[[noreturn]] void fail(const char* what) noexcept {
  std::fprintf(stderr, "blindfold: bug: %s\n", what);
  std::abort();
}

}  // namespace

Loop::Core::Core(const base::Clock& clock) : clock_(clock) {
  if (const int status = uv_loop_init(&loop_); status < 0) {
    throw std::system_error(-status, std::generic_category(), "cannot make an event loop");
  }
  uv_timer_init(&loop_, &timer_);
  uv_idle_init(&loop_, &idle_);
  uv_prepare_init(&loop_, &prepare_);
  timer_.data = idle_.data = prepare_.data = this;
  uv_prepare_start(&prepare_, on_prepare);
  uv_unref(reinterpret_cast<uv_handle_t*>(&prepare_));
}

Loop::Core::~Core() {
  if (objects_ != 0) {
    fail("an event object outlives its loop");
  }
  uv_close(reinterpret_cast<uv_handle_t*>(&timer_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&idle_), nullptr);
  uv_close(reinterpret_cast<uv_handle_t*>(&prepare_), nullptr);
  if (uv_run(&loop_, UV_RUN_DEFAULT) != 0) {
    uv_run(&loop_, UV_RUN_DEFAULT);  // a stop() after the last run ended the first at once
  }
  if (uv_loop_close(&loop_) != 0) {
    fail("a loop does not close clean");
  }
}

void Loop::Core::run(uv_run_mode mode) noexcept {
  assert(!running_);
  running_ = true;
  fired_ = false;
  arm();
  uv_run(&loop_, mode);
  turn_.reset();
  running_ = false;
}

void Loop::Core::wake() noexcept {
  if (running_ && !turn_) {
    turn_ = clock_.now();
  }
}

base::Instant Loop::Core::now() const noexcept {
  return turn_ ? *turn_ : clock_.now();
}

void Loop::Core::start(Timer& timer, base::SteadyTime deadline) noexcept {
  timers_.remove(timer);
  timers_.insert(timer, deadline);
  arm();
}

void Loop::Core::stop(Timer& timer) noexcept {
  timers_.remove(timer);
  arm();
}

void Loop::Core::schedule(Deferred& deferred) noexcept {
  deferred_.append(deferred);
  update_idle();
}

void Loop::Core::cancel(Deferred& deferred) noexcept {
  deferred_.remove(deferred);
  update_idle();
}

void Loop::Core::on_timer(uv_timer_t* timer) noexcept {
  Core& core = core_of(timer->data);
  core.armed_for_.reset();
  core.wake();
  core.fire_timers();
}

void Loop::Core::on_idle(uv_idle_t* idle) noexcept {
  Core& core = core_of(idle->data);
  core.wake();
  if (core.timer_due_) {
    core.fire_timers();
  }
  core.deferred_.run();
  core.update_idle();
}

void Loop::Core::on_prepare(uv_prepare_t* prepare) noexcept {
  Core& core = core_of(prepare->data);
  core.turn_.reset();
  core.fired_ = false;
}

/// Once a turn, so that timers which start themselves again at once do not keep
/// descriptors waiting.
void Loop::Core::fire_timers() noexcept {
  if (!fired_) {
    fired_ = true;
    firing_ = true;
    timers_.fire(turn_->steady);
    firing_ = false;
  }
  arm();
}

void Loop::Core::arm() noexcept {
  if (firing_) {
    return;
  }
  const std::optional<base::SteadyTime> next = timers_.next();
  const base::SteadyTime now = clock_.now().steady;
  timer_due_ = next && *next <= now;
  if (!next || timer_due_ || !clock_.passes()) {
    uv_timer_stop(&timer_);
    armed_for_.reset();
  } else if (armed_for_ != next) {
    const auto wait = std::chrono::ceil<std::chrono::milliseconds>(*next - now);
    uv_update_time(&loop_);  // libuv counts from when it last looked
    uv_timer_start(&timer_, on_timer, static_cast<std::uint64_t>(wait.count()), 0);
    armed_for_ = next;
  }
  update_idle();
}

void Loop::Core::update_idle() noexcept {
  if (timer_due_ || !deferred_.empty()) {
    uv_idle_start(&idle_, on_idle);
  } else {
    uv_idle_stop(&idle_);
  }
}

}  // namespace blindfold::loop
