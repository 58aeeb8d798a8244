#include "platform/loop/deferred_queue.hpp"

#include "platform/loop/deferred.hpp"

namespace blindfold::loop {

void DeferredQueue::append(Deferred& deferred) noexcept {
  deferred.round_ = round_;
  deferred.previous_ = last_;
  (last_ != nullptr ? last_->next_ : first_) = &deferred;
  last_ = &deferred;
}

void DeferredQueue::remove(Deferred& deferred) noexcept {
  (deferred.previous_ != nullptr ? deferred.previous_->next_ : first_) = deferred.next_;
  (deferred.next_ != nullptr ? deferred.next_->previous_ : last_) = deferred.previous_;
  deferred.previous_ = nullptr;
  deferred.next_ = nullptr;
  deferred.round_ = 0;
}

void DeferredQueue::run() noexcept {
  const std::uint64_t before = ++round_;
  while (first_ != nullptr && first_->round_ < before) {
    Deferred& deferred = *first_;
    remove(deferred);
    deferred.on_turn_();
  }
}

}  // namespace blindfold::loop
