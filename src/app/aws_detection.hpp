#pragma once

#include <memory>
#include <optional>
#include <string_view>

#include "clients/aws/account.hpp"
#include "clients/aws/session.hpp"
#include "core/inventory/tracker.hpp"
#include "core/manifest/deployment.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/aws/aws.hpp"
#include "doctor/aws/aws_trial.hpp"
#include "platform/base/backoff.hpp"
#include "platform/base/error.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::app {

/// What is said before IAM is tried.
inline constexpr std::string_view trial_announcement =
    "AWS: calls the operations that bring values, in a form that can bring none, since "
    "require-sight asks for proof that IAM refuses them; CloudTrail records each";

/// Whether IAM is tried before anything is looked at.
[[nodiscard]] bool tries_iam(const manifest::Deployment& deployment) noexcept;

/// Looks at what is in AWS, as the first identity of the chain. Where
/// `require-sight: enforced` asks for it, whether IAM refuses that identity every
/// read is tried first, and again until it is known.
class AwsDetection final {
 public:
  /// `loop`, `helper` (may be null) and `deployment` outlive it. Fails where a
  /// certificate or an address cannot be used.
  [[nodiscard]] static base::Result<std::unique_ptr<AwsDetection>> make(
      loop::Loop& loop, std::unique_ptr<aws::Account> account, helper::Helper* helper,
      const manifest::Deployment& deployment);
  ~AwsDetection() = default;
  AwsDetection(const AwsDetection&) = delete;
  AwsDetection& operator=(const AwsDetection&) = delete;
  AwsDetection(AwsDetection&&) = delete;
  AwsDetection& operator=(AwsDetection&&) = delete;

  /// See detect::Aws.
  void watch(const model::Requirement& requirement, inventory::Tracker tracker) {
    source_.watch(requirement, std::move(tracker));
  }
  void start() noexcept;
  void look_again() noexcept { source_.look_again(); }
  void give_up() noexcept { source_.give_up(); }

 private:
  AwsDetection(loop::Loop& loop, std::unique_ptr<aws::Account> account,
               std::unique_ptr<aws::Session> session, const manifest::Deployment& deployment);

  void try_iam() noexcept;
  void on_sight(const model::Sight& sight) noexcept;

  loop::Loop& loop_;
  const manifest::Deployment& deployment_;
  std::unique_ptr<aws::Account> account_;
  std::unique_ptr<aws::Session> session_;
  detect::Aws source_;
  std::optional<doctor::AwsTrial> trial_;
  loop::Timer again_;
  base::Backoff backoff_;
  bool started_ = false;
};

}  // namespace blindfold::app
