#pragma once

#include "core/inventory/inventory.hpp"
#include "core/manifest/deployment.hpp"
#include "detect/files/files.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/timer.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::app {

/// The inventory with its timer, and the sources that feed it: what the running
/// agent and `--once` have in common.
class Detection final : private inventory::Listener {
 public:
  /// All arguments outlive it. Nothing is looked at before start().
  Detection(loop::Loop& loop, inventory::Listener& listener, const manifest::Deployment& deployment,
            const sandbox::Confinement& confinement);

  /// Watches every requirement from now on. What is on a local file system has
  /// been looked at once when it returns.
  void start();

  /// Looks at everything once more.
  void look_again() noexcept { files_.look_again(); }

  /// For `--once`, when its time is up: what was tried in vain is `unreachable`.
  void conclude() noexcept;

  [[nodiscard]] const inventory::Inventory& inventory() const noexcept { return inventory_; }

 private:
  void on_event(const model::RotationEvent& event) noexcept override;
  void on_standing(const model::Standing& standing) noexcept override;
  void on_deadline() noexcept;
  void set_timer() noexcept;

  loop::Loop& loop_;
  inventory::Listener& listener_;
  const manifest::Deployment& deployment_;
  inventory::Inventory inventory_;
  loop::Timer deadline_;
  detect::Files files_;
};

}  // namespace blindfold::app
