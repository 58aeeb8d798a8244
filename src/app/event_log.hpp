#pragma once

#include <deque>
#include <string>
#include <vector>

#include "core/bus/bus.hpp"
#include "core/manifest/deployment.hpp"
#include "core/model/standing.hpp"
#include "platform/log/log.hpp"
#include "platform/loop/deferred.hpp"

namespace blindfold::app {

/// Logs what the running agent sees: each rotation event, and each standing that
/// changed. On a turn of its own, after everyone else was told.
class EventLog final {
 public:
  /// All references outlive it.
  EventLog(loop::Loop& loop, bus::Bus& bus, log::Log& log, const manifest::Deployment& deployment);

  /// `standing` may have changed; it outlives this object.
  void on_standing(const model::Standing& standing) noexcept;

 private:
  void on_event(const model::RotationEvent& event) noexcept;
  void write() noexcept;
  void write_event(const model::RotationEvent& event) noexcept;
  void write_standing(const model::Standing& standing) noexcept;

  struct Said {
    std::string line;
    model::SightLevel sight = model::SightLevel::unknown;
  };

  log::Log& log_;
  const manifest::Deployment& deployment_;
  std::vector<Said> said_;  ///< of each requirement, in the deployment's order
  std::deque<model::RotationEvent> events_;
  std::vector<const model::Standing*> changed_;
  loop::Deferred write_;
  bus::Subscription subscription_;
};

}  // namespace blindfold::app
