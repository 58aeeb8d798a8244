#include "clients/aws/credential_wish.hpp"

#include <utility>

namespace blindfold::aws {

CredentialWish::CredentialWish(loop::Loop& loop, CredentialGiver& giver,
                               CredentialSource::Ready ready)
    : giver_(&giver), ready_(std::move(ready)), turn_(loop, [this]() noexcept { take_turn(); }) {
  turn_.schedule();
}

CredentialWish::~CredentialWish() {
  if (giver_ != nullptr) {
    giver_->leave(*this);
  }
}

void CredentialWish::take_turn() noexcept {
  if (std::exchange(kept_, true)) {
    giver_->conclude(*this);
  } else {
    giver_->serve(*this);
  }
}

void CredentialWish::later() noexcept {
  turn_.schedule();
}

void CredentialWish::answer(const CredentialAnswer& result) noexcept {
  CredentialSource::Ready ready = std::move(ready_);
  std::exchange(giver_, nullptr)->leave(*this);
  ready(result);
}

void CredentialWish::forget() noexcept {
  giver_ = nullptr;
  turn_.cancel();
}

}  // namespace blindfold::aws
