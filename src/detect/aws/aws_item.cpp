#include "detect/aws/aws_item.hpp"

#include <utility>
#include <variant>

namespace blindfold::detect {

AwsItem::AwsItem(const model::Requirement& requirement, AwsPlace place,
                 model::RequiredSight required_sight, inventory::Tracker tracker)
    : place_(std::move(place)),
      required_(requirement.required),
      required_sight_(required_sight),
      tracker_(std::move(tracker)) {
}

void AwsItem::begin(base::Instant now) noexcept {
  if (refused()) {
    tell_refused(now);
  }
}

bool AwsItem::report(model::Observation observation, base::Instant now) noexcept {
  if (refused()) {
    return true;
  }
  const model::Color color = model::color_of(observation.presence);
  if (color == model::Color::red && green_ && !doubted_) {
    doubted_ = true;
    return false;
  }
  doubted_ = false;
  if (color != model::Color::grey) {
    green_ = color == model::Color::green;
  }
  last_ = std::move(observation);
  if (!missing()) {
    near_miss_.clear();
    near_region_.clear();
  }
  push(now);
  return true;
}

void AwsItem::report_failure(model::Observation observation, base::Instant now) noexcept {
  if (refused()) {
    return;
  }
  told_ = true;
  failing_ = true;
  observation.sight = sight_;
  tracker_.observe(std::move(observation), now);
}

void AwsItem::repeat(base::Instant now) noexcept {
  if (last_ && !refused()) {
    push(now);
  }
}

void AwsItem::set_sight(const model::Sight& sight, base::Instant now) noexcept {
  if (sight == sight_) {
    return;
  }
  sight_ = sight;
  if (refused()) {
    last_.reset();
    green_ = false;
    doubted_ = false;
    tell_refused(now);
  } else if (last_) {
    push_note(now);
  }
}

bool AwsItem::may_look() const noexcept {
  return tracker_.wanted() && !refused();
}

bool AwsItem::refused() const noexcept {
  return sight_.level != model::SightLevel::unknown &&
         !model::satisfies(sight_.level, required_sight_);
}

void AwsItem::note_near_miss(std::string name, base::Instant now) noexcept {
  if (missing()) {
    near_miss_ = std::move(name);
    push_note(now);
  }
}

void AwsItem::note_near_region(std::string region, base::Instant now) noexcept {
  if (missing() && near_region_.empty()) {
    near_region_ = std::move(region);
    push_note(now);
  }
}

bool AwsItem::there() const noexcept {
  return last_ && last_->presence == model::Presence::present;
}

bool AwsItem::missing() const noexcept {
  return last_ && last_->presence == model::Presence::missing;
}

// While looks fail, what was last told is no answer of now.
void AwsItem::push_note(base::Instant now) noexcept {
  if (!failing_) {
    push(now);
  }
}

void AwsItem::push(base::Instant now) noexcept {
  told_ = true;
  failing_ = false;
  model::Observation observation = *last_;
  observation.sight = sight_;
  for (model::Detail& detail : observation.details) {
    if (auto* const missing = std::get_if<model::AwsMissing>(&detail)) {
      missing->near_miss = near_miss_;
      missing->near_region = near_region_;
    }
  }
  tracker_.observe(std::move(observation), now);
}

void AwsItem::tell_refused(base::Instant now) noexcept {
  told_ = true;
  model::Observation refusal;
  refusal.sight = sight_;
  refusal.details = {model::SightRefused{sight_, required_sight_}};
  tracker_.observe(std::move(refusal), now);
}

}  // namespace blindfold::detect
