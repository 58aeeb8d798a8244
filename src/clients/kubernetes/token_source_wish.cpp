#include "clients/kubernetes/token_source_wish.hpp"

#include <utility>

namespace blindfold::kubernetes {

TokenWish::TokenWish(loop::Loop& loop, TokenGiver& giver, TokenSource::Ready ready)
    : giver_(&giver), ready_(std::move(ready)), turn_(loop, [this]() noexcept { take_turn(); }) {
  turn_.schedule();
}

TokenWish::~TokenWish() {
  if (giver_ != nullptr) {
    giver_->leave(*this);
  }
}

void TokenWish::take_turn() noexcept {
  if (std::exchange(kept_, true)) {
    giver_->conclude(*this);
  } else {
    giver_->serve(*this);
  }
}

void TokenWish::later() noexcept {
  turn_.schedule();
}

void TokenWish::answer(const base::Result<const secret::SecretBuffer*>& result) noexcept {
  TokenSource::Ready ready = std::move(ready_);
  std::exchange(giver_, nullptr)->leave(*this);
  ready(result);
}

void TokenWish::forget() noexcept {
  giver_ = nullptr;
  turn_.cancel();
}

}  // namespace blindfold::kubernetes
