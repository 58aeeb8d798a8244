#pragma once

#include <optional>
#include <utility>

#include "app/detection.hpp"
#include "app/event_log.hpp"
#include "app/live_table.hpp"
#include "core/bus/bus.hpp"
#include "core/inventory/inventory.hpp"
#include "core/manifest/deployment.hpp"
#include "platform/log/log.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/signal.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::app {

/// The running agent, in the foreground, until SIGTERM or SIGINT. The order of
/// the members is the order of their lives.
class Daemon final : private inventory::Listener {
 public:
  /// All references outlive it. The table is drawn where there is a terminal.
  Daemon(const base::Clock& clock, log::Log& log, const manifest::Deployment& deployment,
         const sandbox::Confinement& confinement, LiveTable::Terminal terminal);

  /// Before run(); see Detection::connect().
  [[nodiscard]] base::Result<> connect(Access access) {
    return detection_.connect(std::move(access));
  }

  void run();

 private:
  void on_event(const model::RotationEvent& event) noexcept override;
  void on_standing(const model::Standing& standing) noexcept override;
  void on_notice(const detect::Notice& notice) noexcept;
  void stop() noexcept;

  log::Log& log_;
  const manifest::Deployment& deployment_;
  loop::Loop loop_;
  loop::Signal terminate_;
  loop::Signal interrupt_;
  bus::Bus bus_;
  EventLog event_log_;
  Detection detection_;
  std::optional<LiveTable> table_;
};

}  // namespace blindfold::app
