#include "core/inventory/inventory.hpp"

#include <algorithm>
#include <cassert>
#include <tuple>
#include <utility>

#include "core/inventory/entry.hpp"

namespace blindfold::inventory {

bool Inventory::Earlier::operator()(const Entry* a, const Entry* b) const noexcept {
  return std::tie(*a->scheduled, a->number) < std::tie(*b->scheduled, b->number);
}

Inventory::Inventory(Listener& listener, Options options) noexcept
    : listener_(listener), options_(options), next_sequence_(options.first_sequence) {
}

Inventory::~Inventory() {
  assert(!telling_);
  for (const auto& entry : entries_) {
    if (entry->tracker != nullptr) {
      entry->tracker->entry_ = nullptr;
    }
  }
}

Tracker Inventory::track(const model::Requirement& requirement, base::Instant now) {
  assert(!telling_);
  assert(std::ranges::none_of(entries_, [&requirement](const auto& entry) {
    return entry->standing.requirement->id == requirement.id;
  }));
  entries_.push_back(
      std::make_unique<Entry>(requirement, options_.grace, next_number_++, now.system));
  return requirement.skipped ? Tracker() : Tracker(*this, *entries_.back());
}

void Inventory::remove(std::string_view id) noexcept {
  assert(!telling_);
  const auto found = std::ranges::find_if(
      entries_, [id](const auto& entry) { return entry->standing.requirement->id == id; });
  if (found == entries_.end()) {
    return;
  }
  Entry& entry = **found;
  if (entry.tracker != nullptr) {
    entry.tracker->entry_ = nullptr;
  }
  unschedule(entry);
  entries_.erase(found);
}

void Inventory::set_applies(std::string_view id, Applies applies, base::Instant now) noexcept {
  assert(!telling_);
  const auto found = std::ranges::find_if(
      entries_, [id](const auto& entry) { return entry->standing.requirement->id == id; });
  if (found == entries_.end()) {
    return;
  }
  Entry& entry = **found;
  const model::Requirement& requirement = *entry.standing.requirement;
  if (!requirement.when || requirement.skipped || entry.applies == applies) {
    return;
  }
  const bool anew = entry.applies == Applies::no || applies == Applies::no;
  entry.applies = applies;
  entry.standing.required = requirement.required && applies == Applies::yes;
  if (anew) {
    entry.begin_anew(applies == Applies::no, now.system);
    reschedule(entry);
  }
  tell(entry, std::nullopt, true, now.system);
}

std::optional<base::SteadyTime> Inventory::next_deadline() const noexcept {
  return schedule_.empty() ? std::nullopt : (*schedule_.begin())->scheduled;
}

void Inventory::advance(base::Instant now) noexcept {
  assert(!telling_);
  while (!schedule_.empty() && *(*schedule_.begin())->scheduled <= now.steady) {
    Entry& entry = **schedule_.begin();
    const auto event = entry.evidence.expire(now.steady);
    const bool give_up = !event && entry.unreachable_at.has_value();
    if (give_up) {
      entry.show_unreachable(now.system);
    }
    reschedule(entry);
    tell(entry, event, give_up, now.system);
  }
}

void Inventory::conclude(base::Instant now) noexcept {
  assert(!telling_);
  for (const auto& entry : entries_) {
    if (entry->unreachable_at) {
      entry->show_unreachable(now.system);
      reschedule(*entry);
      tell(*entry, std::nullopt, true, now.system);
    }
  }
}

std::vector<const model::Standing*> Inventory::standings() const {
  std::vector<const model::Standing*> standings;
  standings.reserve(entries_.size());
  for (const auto& entry : entries_) {
    standings.push_back(&entry->standing);
  }
  return standings;
}

void Inventory::observe(Entry& entry, model::Observation observation, base::Instant now) noexcept {
  if (observation.presence == model::Presence::skipped || entry.applies == Applies::no) {
    return;
  }
  advance(now);
  const auto event = entry.evidence.take(observation, now.steady);
  bool changed = false;
  if (observation.presence == model::Presence::unreachable) {
    changed = entry.show_failure(std::move(observation), now.steady + options_.unreachable_after);
  } else {
    changed = entry.show_answer(std::move(observation), now.system);
  }
  if (event == model::EventKind::rotated) {
    entry.standing.rotated_at = now.system;
    changed = true;
  }
  reschedule(entry);
  tell(entry, event, changed, now.system);
}

void Inventory::unschedule(Entry& entry) noexcept {
  if (entry.scheduled) {
    schedule_.erase(&entry);
    entry.scheduled.reset();
  }
}

void Inventory::reschedule(Entry& entry) noexcept {
  const auto deadline = entry.next_deadline();
  if (deadline == entry.scheduled) {
    return;
  }
  unschedule(entry);
  if (deadline) {
    entry.scheduled = deadline;
    schedule_.insert(&entry);
  }
}

void Inventory::tell(const Entry& entry, std::optional<model::EventKind> event, bool changed,
                     base::SystemTime now) noexcept {
  telling_ = true;
  if (event) {
    const model::Requirement& requirement = *entry.standing.requirement;
    listener_.on_event({.sequence = next_sequence_++,
                        .kind = *event,
                        .id = requirement.id,
                        .provided_by = requirement.provided_by,
                        .store = model::store_of(requirement.locator),
                        .at = now});
  }
  if (changed) {
    listener_.on_standing(entry.standing);
  }
  telling_ = false;
}

}  // namespace blindfold::inventory
