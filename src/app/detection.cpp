#include "app/detection.hpp"

#include <utility>

namespace blindfold::app {

Detection::Detection(loop::Loop& loop, inventory::Listener& listener,
                     const manifest::Deployment& deployment,
                     const sandbox::Confinement& confinement)
    : loop_(loop),
      listener_(listener),
      deployment_(deployment),
      inventory_(*this),
      deadline_(loop, [this]() noexcept { on_deadline(); }),
      files_(loop, confinement,
             {.required_sight = deployment.require_sight,
              .rescan = deployment.agent.poll.files_steady}) {
}

void Detection::start() {
  for (const model::Requirement& requirement : deployment_.requirements) {
    inventory::Tracker tracker = inventory_.track(requirement, loop_.now());
    if (tracker.alive()) {
      files_.watch(requirement, std::move(tracker));
    }
  }
}

void Detection::conclude() noexcept {
  files_.give_up();
  inventory_.conclude(loop_.now());
}

void Detection::on_event(const model::RotationEvent& event) noexcept {
  listener_.on_event(event);
}

void Detection::on_standing(const model::Standing& standing) noexcept {
  set_timer();
  listener_.on_standing(standing);
}

void Detection::on_deadline() noexcept {
  inventory_.advance(loop_.now());
  set_timer();
}

void Detection::set_timer() noexcept {
  if (const auto deadline = inventory_.next_deadline()) {
    deadline_.start_at(*deadline);
  } else {
    deadline_.stop();
  }
}

}  // namespace blindfold::app
