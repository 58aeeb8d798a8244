#include "detect/kubernetes/secret_item.hpp"

#include <utility>
#include <variant>

namespace blindfold::detect {

SecretItem::SecretItem(const model::Requirement& requirement, std::string name_space,
                       model::RequiredSight required_sight, inventory::Tracker tracker)
    : locator_(std::get<model::KubernetesLocator>(requirement.locator)),
      conditional_(requirement.when.has_value()),
      required_sight_(required_sight),
      tracker_(std::move(tracker)) {
  locator_.name_space = std::move(name_space);
}

void SecretItem::report(model::Observation observation, base::Instant now) noexcept {
  if (observation.version.known() && observation.version != missed_in_) {
    missed_key_.clear();
  }
  versioned_ = versioned_ || observation.version.known();
  last_ = std::move(observation);
  if (!missing()) {
    near_miss_ = {};
  }
  if (last_->presence != model::Presence::denied) {
    seen_ = last_;
  }
  told_ = true;
  push(now);
}

void SecretItem::report_failure(model::Observation observation, base::Instant now) noexcept {
  told_ = true;
  if (refused()) {
    return;
  }
  observation.sight = sight_;
  tracker_.observe(std::move(observation), now);
}

void SecretItem::repeat(base::Instant now) noexcept {
  last_ = seen_;
  if (last_) {
    push(now);
  }
}

void SecretItem::expect_change(base::Instant now) noexcept {
  if (there() && !versioned_) {
    last_->version.token = "before";  // no resourceVersion is
    push(now);
  }
}

void SecretItem::set_sight(model::Sight sight, base::Instant now) noexcept {
  if (sight == sight_) {
    return;
  }
  sight_ = std::move(sight);
  if (refused()) {
    last_.reset();
    seen_.reset();
    model::Observation refused;
    refused.sight = sight_;
    refused.details = {model::SightRefused{sight_, required_sight_}};
    told_ = true;
    tracker_.observe(std::move(refused), now);
  } else if (last_) {
    push(now);
  }
}

bool SecretItem::may_look() const noexcept {
  return tracker_.wanted() && !refused();
}

bool SecretItem::refused() const noexcept {
  return sight_.level != model::SightLevel::unknown &&
         !model::satisfies(sight_.level, required_sight_);
}

void SecretItem::note_near_miss(std::string secret, std::string name_space,
                                base::Instant now) noexcept {
  near_miss_.near_miss = std::move(secret);
  near_miss_.near_namespace = std::move(name_space);
  if (missing()) {
    push(now);
  }
}

void SecretItem::note_missed_key(std::string key, base::Instant now) noexcept {
  missed_key_ = std::move(key);
  if (there()) {
    missed_in_ = last_->version;
    push(now);
  }
}

bool SecretItem::missing() const noexcept {
  return last_ && last_->presence == model::Presence::missing;
}

bool SecretItem::there() const noexcept {
  return last_ && last_->presence == model::Presence::present;
}

void SecretItem::push(base::Instant now) noexcept {
  if (!may_look()) {
    return;
  }
  model::Observation observation = *last_;
  observation.sight = sight_;
  for (model::Detail& detail : observation.details) {
    if (auto* const missing = std::get_if<model::SecretMissing>(&detail)) {
      missing->near_miss = near_miss_.near_miss;
      missing->near_namespace = near_miss_.near_namespace;
    }
  }
  if (there() && !missed_key_.empty()) {
    observation.presence = model::Presence::incomplete;
    observation.version = {};
    observation.details = {model::KeyMissedByPods{missed_key_}};
  }
  tracker_.observe(std::move(observation), now);
}

}  // namespace blindfold::detect
