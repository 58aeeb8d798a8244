#include "app/detection.hpp"

#include <utility>

#include "app/pace.hpp"

namespace blindfold::app {

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
  base::Result<> connected;
  if (access.kubernetes) {
    connected = connect_to_cluster(*std::move(access.kubernetes));
  }
  if (connected && access.aws) {
    connected = connect_to_aws(std::move(access.aws));
  }
  return connected;
}

base::Result<> Detection::connect_to_cluster(kubernetes::Account account) {
  auto connection =
      kubernetes::Connection::make(loop_, std::move(account), helper_ ? &*helper_ : nullptr);
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

base::Result<> Detection::connect_to_aws(std::unique_ptr<aws::Account> account) {
  auto detection =
      AwsDetection::make(loop_, std::move(account), helper_ ? &*helper_ : nullptr, deployment_);
  if (!detection) {
    return std::unexpected(std::move(detection.error()));
  }
  aws_ = std::move(*detection);
  return {};
}

void Detection::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  switch (model::store_of(requirement.locator)) {
    case model::StoreKind::kubernetes:
      kubernetes_->watch(requirement, std::move(tracker));
      break;
    case model::StoreKind::aws_secrets_manager:
    case model::StoreKind::aws_parameter_store:
      aws_->watch(requirement, std::move(tracker));
      break;
    case model::StoreKind::mount:
    case model::StoreKind::directory:
      files_.watch(requirement, std::move(tracker));
      break;
  }
}

void Detection::start() {
  for (const model::Requirement& requirement : deployment_.requirements) {
    inventory::Tracker tracker = inventory_.track(requirement, loop_.now());
    if (tracker.alive()) {
      watch(requirement, std::move(tracker));
    }
  }
  if (kubernetes_) {
    watch_settings();
    kubernetes_->start();
  }
  if (aws_) {
    aws_->start();
  }
}

void Detection::conclude() noexcept {
  files_.give_up();
  if (kubernetes_) {
    kubernetes_->give_up();
  }
  if (aws_) {
    aws_->give_up();
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
  if (aws_) {
    aws_->look_again();
  }
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
