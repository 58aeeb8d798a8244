#pragma once

#include <memory>
#include <optional>
#include <string>

#include "app/access.hpp"
#include "app/aws_detection.hpp"
#include "app/conditions.hpp"
#include "clients/kubernetes/connection.hpp"
#include "core/inventory/inventory.hpp"
#include "core/manifest/deployment.hpp"
#include "detect/files/files.hpp"
#include "detect/kubernetes/kubernetes.hpp"
#include "detect/kubernetes/settings.hpp"
#include "platform/helper/helper.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::app {

/// The inventory with its timer, and the sources that feed it: what the running
/// agent and `--once` have in common.
class Detection final : private inventory::Listener {
 public:
  /// All arguments outlive it. Nothing is looked at before start(). `on_notice`
  /// is told how each namespace is seen.
  Detection(loop::Loop& loop, inventory::Listener& listener, const manifest::Deployment& deployment,
            const sandbox::Confinement& confinement,
            loop::Callback<const detect::Notice&> on_notice);

  /// Prepares the connections that the deployment needs; before start(). Fails
  /// where a certificate or a key cannot be used.
  [[nodiscard]] base::Result<> connect(Access access);

  /// Watches every requirement from now on. What is on a local file system has
  /// been looked at once when it returns.
  void start();

  /// Tries again what may have failed without a retry of its own: files.
  void look_again() noexcept { files_.look_again(); }

  /// For `--once`, when its time is up: what was tried in vain is `unreachable`.
  void conclude() noexcept;

  /// Whether the settings that decide which requirements apply have been read, or
  /// could not be.
  [[nodiscard]] bool conditions_settled() const noexcept {
    return !settings_ || settings_->answered();
  }

  [[nodiscard]] const inventory::Inventory& inventory() const noexcept { return inventory_; }

 private:
  void on_event(const model::RotationEvent& event) noexcept override;
  void on_standing(const model::Standing& standing) noexcept override;
  void on_setting(const manifest::Setting& setting,
                  const std::optional<std::string>& value) noexcept;
  void on_deadline() noexcept;
  void set_timer() noexcept;
  [[nodiscard]] base::Result<> connect_to_cluster(kubernetes::Account account);
  [[nodiscard]] base::Result<> connect_to_aws(std::unique_ptr<aws::Account> account);
  void watch(const model::Requirement& requirement, inventory::Tracker tracker);
  void watch_settings();

  loop::Loop& loop_;
  inventory::Listener& listener_;
  const manifest::Deployment& deployment_;
  loop::Callback<const detect::Notice&> on_notice_;
  inventory::Inventory inventory_;
  Conditions conditions_;
  loop::Timer deadline_;
  detect::Files files_;
  std::optional<helper::Helper> helper_;
  std::unique_ptr<kubernetes::Connection> cluster_;
  std::optional<detect::Kubernetes> kubernetes_;
  std::optional<detect::Settings> settings_;
  std::unique_ptr<AwsDetection> aws_;
};

}  // namespace blindfold::app
