#include "platform/loop/deferred.hpp"

#include <utility>

#include "platform/loop/core.hpp"

namespace blindfold::loop {

Deferred::Deferred(Loop& loop, Callback<> on_turn) noexcept
    : loop_(loop), on_turn_(std::move(on_turn)) {
  loop_.core().enter();
}

Deferred::~Deferred() {
  cancel();
  loop_.core().leave();
}

void Deferred::schedule() noexcept {
  if (!scheduled()) {
    loop_.core().schedule(*this);
  }
}

void Deferred::cancel() noexcept {
  if (scheduled()) {
    loop_.core().cancel(*this);
  }
}

bool Deferred::scheduled() const noexcept {
  return round_ != 0;
}

}  // namespace blindfold::loop
