#include "core/bus/bus.hpp"

#include <algorithm>
#include <cassert>
#include <optional>
#include <utility>

namespace blindfold::bus {

struct Subscription::Slot {
  std::optional<loop::OwnedCallback<const model::RotationEvent&>> on_event;  ///< nothing: ended
  std::uint64_t after = 0;  ///< the sequence number up to which it has been told
};

Subscription::Subscription(std::shared_ptr<Slot> slot) noexcept : slot_(std::move(slot)) {
}

Subscription::~Subscription() {
  end();
}

Subscription::Subscription(Subscription&& other) noexcept = default;

Subscription& Subscription::operator=(Subscription&& other) noexcept {
  if (this != &other) {
    end();
    slot_ = std::move(other.slot_);
  }
  return *this;
}

void Subscription::end() noexcept {
  // The slot stays with the bus until it next delivers; what the callback
  // captured does not.
  if (const auto slot = std::exchange(slot_, nullptr); slot != nullptr) {
    slot->on_event.reset();
  }
}

Bus::Bus(loop::Loop& loop, std::size_t history) noexcept
    : deliver_(loop, [this]() noexcept { deliver(); }), limit_(history) {
}

Bus::~Bus() = default;

void Bus::publish(model::RotationEvent event) {
  assert(event.sequence > last_);
  last_ = event.sequence;
  history_.push_back(std::move(event));
  deliver_.schedule();
}

Subscription Bus::subscribe(loop::Callback<const model::RotationEvent&> on_event) {
  return add(last_, std::move(on_event));
}

Subscription Bus::subscribe_after(std::uint64_t sequence, bool& complete,
                                  loop::Callback<const model::RotationEvent&> on_event) {
  complete = dropped_ <= sequence && sequence <= last_;
  deliver_.schedule();
  return add(std::min(sequence, last_), std::move(on_event));
}

Subscription Bus::add(std::uint64_t after, loop::Callback<const model::RotationEvent&> on_event) {
  auto slot = std::make_shared<Subscription::Slot>();
  slot->on_event.emplace(std::move(on_event));
  slot->after = after;
  slots_.push_back(slot);
  return Subscription(std::move(slot));
}

void Bus::deliver() noexcept {
  const std::uint64_t until = last_;
  const std::size_t count = slots_.size();
  for (std::size_t i = 0; i < count; ++i) {
    const auto slot = slots_[i];
    const auto first =
        std::ranges::upper_bound(history_, slot->after, {}, &model::RotationEvent::sequence);
    // By index: from within a callback events are added, and none is dropped.
    auto index = static_cast<std::size_t>(first - history_.begin());
    for (; slot->on_event && index < history_.size() && slot->after < until; ++index) {
      slot->after = history_[index].sequence;
      (*slot->on_event)(history_[index]);
    }
  }
  std::erase_if(slots_, [](const auto& slot) { return !slot->on_event; });
  trim(until);
}

/// Keeps what somebody has yet to be told.
void Bus::trim(std::uint64_t told) noexcept {
  for (const auto& slot : slots_) {
    told = std::min(told, slot->after);
  }
  while (history_.size() > limit_ && history_.front().sequence <= told) {
    dropped_ = history_.front().sequence;
    history_.pop_front();
  }
}

}  // namespace blindfold::bus
