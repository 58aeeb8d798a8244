#include "app/aws_detection.hpp"

#include <chrono>
#include <utility>

#include "app/access.hpp"
#include "app/pace.hpp"

namespace blindfold::app {
namespace {

constexpr std::chrono::seconds first_wait{30};
constexpr std::chrono::minutes longest_wait{10};

}  // namespace

bool tries_iam(const manifest::Deployment& deployment) noexcept {
  return deployment.require_sight == model::RequiredSight::enforced && needs_aws(deployment);
}

base::Result<std::unique_ptr<AwsDetection>> AwsDetection::make(
    loop::Loop& loop, std::unique_ptr<aws::Account> account, helper::Helper* helper,
    const manifest::Deployment& deployment) {
  auto session = aws::Session::make(loop, *account, 0, helper);
  if (!session) {
    return std::unexpected(std::move(session.error()));
  }
  return std::unique_ptr<AwsDetection>(
      new AwsDetection(loop, std::move(account), std::move(*session), deployment));
}

AwsDetection::AwsDetection(loop::Loop& loop, std::unique_ptr<aws::Account> account,
                           std::unique_ptr<aws::Session> session,
                           const manifest::Deployment& deployment)
    : loop_(loop),
      deployment_(deployment),
      account_(std::move(account)),
      session_(std::move(session)),
      source_(loop, *session_,
              {.required_sight = deployment.require_sight,
               .secrets_manager = pace_of(deployment.agent.poll.aws_secrets_manager),
               .parameter_store = pace_of(deployment.agent.poll.aws_parameter_store)}),
      again_(loop, [this]() noexcept { try_iam(); }),
      backoff_(first_wait, longest_wait) {
}

void AwsDetection::start() noexcept {
  if (tries_iam(deployment_)) {
    try_iam();
  } else {
    source_.start();
  }
}

void AwsDetection::try_iam() noexcept {
  trial_.emplace(loop_, *session_, deployment_.requirements,
                 [this](const model::Sight& sight) noexcept { on_sight(sight); });
  trial_->start(trial_->usual_time());
}

void AwsDetection::on_sight(const model::Sight& sight) noexcept {
  source_.set_sight(sight);
  if (!std::exchange(started_, true)) {
    source_.start();
  }
  if (sight.level == model::SightLevel::iam || sight.level == model::SightLevel::none) {
    trial_.reset();
  } else {
    again_.start(backoff_.next());
  }
}

}  // namespace blindfold::app
