#include "app/detection.hpp"

#include <utility>
#include <variant>

namespace blindfold::app {
namespace {

detect::Pace pace_of(const manifest::StorePoll& poll) noexcept {
  return {
      .quick = poll.quick, .steady = poll.steady, .count = poll.rate.count, .per = poll.rate.per};
}

}  // namespace

Detection::Detection(loop::Loop& loop, inventory::Listener& listener,
                     const manifest::Deployment& deployment,
                     const sandbox::Confinement& confinement,
                     loop::Callback<const detect::Notice&> on_notice)
    : loop_(loop),
      listener_(listener),
      deployment_(deployment),
      on_notice_(std::move(on_notice)),
      inventory_(*this),
      conditions_(deployment, inventory_),
      deadline_(loop, [this]() noexcept { on_deadline(); }),
      files_(loop, confinement,
             {.required_sight = deployment.require_sight,
              .rescan = deployment.agent.poll.files_steady}) {
}

base::Result<> Detection::connect(Access access) {
  if (access.helper) {
    helper_.emplace(loop_, *std::move(access.helper));
  }
  if (!access.account) {
    return {};
  }
  auto connection = kubernetes::Connection::make(loop_, *std::move(access.account),
                                                 helper_ ? &*helper_ : nullptr);
  if (!connection) {
    return std::unexpected(std::move(connection.error()));
  }
  cluster_ = std::move(*connection);
  const detect::Pace pace = pace_of(deployment_.agent.poll.kubernetes);
  kubernetes_.emplace(
      loop_, *cluster_,
      detect::Kubernetes::Options{.required_sight = deployment_.require_sight, .pace = pace},
      [this](const detect::Notice& notice) noexcept { on_notice_(notice); });
  settings_.emplace(loop_, *cluster_, pace,
                    [this](const manifest::Setting& setting, const auto& value) noexcept {
                      on_setting(setting, value);
                    });
  return {};
}

void Detection::start() {
  for (const model::Requirement& requirement : deployment_.requirements) {
    inventory::Tracker tracker = inventory_.track(requirement, loop_.now());
    if (!tracker.alive()) {
      continue;
    }
    if (std::holds_alternative<model::KubernetesLocator>(requirement.locator)) {
      kubernetes_->watch(requirement, std::move(tracker));
    } else {
      files_.watch(requirement, std::move(tracker));
    }
  }
  if (kubernetes_) {
    watch_settings();
    kubernetes_->start();
  }
}

void Detection::conclude() noexcept {
  files_.give_up();
  if (kubernetes_) {
    kubernetes_->give_up();
  }
  inventory_.conclude(loop_.now());
}

void Detection::watch_settings() {
  for (const manifest::Setting& setting : deployment_.settings) {
    if (Conditions::depend_on(deployment_, setting.id)) {
      settings_->watch(setting);
    }
  }
  settings_->start();
}

void Detection::on_event(const model::RotationEvent& event) noexcept {
  listener_.on_event(event);
}

void Detection::on_standing(const model::Standing& standing) noexcept {
  set_timer();
  listener_.on_standing(standing);
}

// What applies again has not been looked at meanwhile.
void Detection::on_setting(const manifest::Setting& setting,
                           const std::optional<std::string>& value) noexcept {
  conditions_.set(setting.id, value, loop_.now());
  files_.look_again();
  kubernetes_->look_again();
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
