#pragma once

#include <utility>
#include <vector>

#include "app/detection.hpp"
#include "core/inventory/inventory.hpp"
#include "core/manifest/deployment.hpp"
#include "platform/base/clock.hpp"
#include "platform/base/duration.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/signal.hpp"
#include "platform/loop/timer.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::app {

/// One look at everything. It ends when every requirement was answered for, or
/// (`until_present`) when all that are required are present; in any case when
/// the time is up, and at SIGTERM or SIGINT.
class Once final : private inventory::Listener {
 public:
  struct Limits {
    base::Duration time;
    bool until_present = false;
  };

  /// All references outlive it.
  Once(const base::Clock& clock, const manifest::Deployment& deployment,
       const sandbox::Confinement& confinement, Limits limits);

  /// Before run(); see Detection::connect().
  [[nodiscard]] base::Result<> connect(Access access) {
    return detection_.connect(std::move(access));
  }

  /// Looks, and returns when it has ended. The standings belong to this object.
  [[nodiscard]] std::vector<const model::Standing*> run();

  [[nodiscard]] base::SystemTime ended_at() const noexcept { return loop_.now().system; }

 private:
  void on_event(const model::RotationEvent& event) noexcept override;
  void on_standing(const model::Standing& standing) noexcept override;
  [[nodiscard]] bool done() const noexcept;
  void try_again() noexcept;
  void end() noexcept;

  loop::Loop loop_;
  Limits limits_;
  bool watching_ = false;
  loop::Timer time_is_up_;
  loop::Timer again_;
  loop::Signal terminate_;
  loop::Signal interrupt_;
  Detection detection_;
};

}  // namespace blindfold::app
