#include "core/inventory/tracker.hpp"

#include <utility>

#include "core/inventory/entry.hpp"
#include "core/inventory/inventory.hpp"

namespace blindfold::inventory {

Tracker::Tracker(Inventory& inventory, Entry& entry) noexcept
    : inventory_(&inventory), entry_(&entry) {
  entry.tracker = this;
}

Tracker::~Tracker() {
  if (entry_ != nullptr) {
    entry_->tracker = nullptr;
  }
}

Tracker::Tracker(Tracker&& other) noexcept
    : inventory_(std::exchange(other.inventory_, nullptr)),
      entry_(std::exchange(other.entry_, nullptr)) {
  if (entry_ != nullptr) {
    entry_->tracker = this;
  }
}

Tracker& Tracker::operator=(Tracker&& other) noexcept {
  if (this == &other) {
    return *this;
  }
  if (entry_ != nullptr) {
    entry_->tracker = nullptr;
  }
  inventory_ = std::exchange(other.inventory_, nullptr);
  entry_ = std::exchange(other.entry_, nullptr);
  if (entry_ != nullptr) {
    entry_->tracker = this;
  }
  return *this;
}

void Tracker::observe(model::Observation observation, base::Instant now) noexcept {
  if (entry_ != nullptr) {
    inventory_->observe(*entry_, std::move(observation), now);
  }
}

bool Tracker::wanted() const noexcept {
  return entry_ != nullptr && entry_->applies != Applies::no;
}

}  // namespace blindfold::inventory
