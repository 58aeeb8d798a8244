#pragma once

#include <string>
#include <utility>

#include "recorder.hpp"

namespace blindfold::inventory {

/// An inventory with a clock that tests move, and requirements to track.
struct Fixture {
  Fixture() {
    database.id = "database";
    tls.id = "tls";
    tls.provided_by = model::Provider::vendor;
    tls.locator = model::MountLocator{.path = "/run/secrets/tls", .keys = {}};
  }

  static model::Observation saw(model::Presence presence, std::string version = {},
                                model::Details details = {}) {
    model::Observation observation;
    observation.presence = presence;
    observation.version.token = std::move(version);
    observation.sight.level = model::SightLevel::self;
    observation.details = std::move(details);
    return observation;
  }

  /// A failed look, at which nothing is known, sight neither.
  static model::Observation failed(model::Details details = {}) {
    model::Observation observation;
    observation.presence = model::Presence::unreachable;
    observation.details = std::move(details);
    return observation;
  }

  void pass(std::chrono::milliseconds time) {
    now.steady += time;
    now.system += time;
  }

  void pass_and_advance(std::chrono::milliseconds time) {
    pass(time);
    inventory.advance(now);
  }

  [[nodiscard]] const model::Standing& standing(std::size_t index = 0) const {
    return *inventory.standings().at(index);
  }

  model::Requirement database{};
  model::Requirement tls{};
  base::Instant now{base::SteadyTime(std::chrono::hours(1)),
                    base::SystemTime(std::chrono::hours(500'000))};
  Recorder recorder;
  Inventory inventory{recorder};
};

}  // namespace blindfold::inventory
