#include "platform/loop/loop.hpp"

#include "platform/loop/core.hpp"

namespace blindfold::loop {

Loop::Loop(const base::Clock& clock) : core_(std::make_unique<Core>(clock)) {
}

Loop::~Loop() = default;

void Loop::run() noexcept {
  core_->run(UV_RUN_DEFAULT);
}

void Loop::stop() noexcept {
  core_->stop();
}

void Loop::turn() noexcept {
  core_->run(UV_RUN_NOWAIT);
}

void Loop::wait_turn() noexcept {
  core_->run(UV_RUN_ONCE);
}

base::Instant Loop::now() const noexcept {
  return core_->now();
}

}  // namespace blindfold::loop
