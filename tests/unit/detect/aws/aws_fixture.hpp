#pragma once

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <deque>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "clients/aws/call.hpp"
#include "core/inventory/inventory.hpp"
#include "detect/aws/aws_item.hpp"
#include "support/manual_clock.hpp"

namespace blindfold::detect {

inline aws::Failure refused(aws::Refusal refusal, int status = 400) {
  aws::Failure failure;
  failure.refusal = refusal;
  failure.status = status;
  return failure;
}

inline aws::Failure faulty(aws::Fault fault) {
  aws::Failure failure;
  failure.fault = fault;
  return failure;
}

inline model::SecretsManagerLocator a_secret(std::string name, std::string region = "eu-west-1") {
  return {std::move(region), std::move(name)};
}

inline model::ParameterStoreLocator a_parameter(std::string name, std::string type = "SecureString",
                                                std::string region = "eu-west-1") {
  return {std::move(region), std::move(name), std::move(type)};
}

inline model::Observation observed(model::Presence presence, std::string version = {}) {
  model::Observation observation;
  observation.presence = presence;
  observation.version.token = std::move(version);
  return observation;
}

/// Notes what the inventory tells.
class AwsRecorder final : public inventory::Listener {
 public:
  void on_event(const model::RotationEvent& event) noexcept override {
    events.push_back(event.kind);
  }
  void on_standing(const model::Standing& standing) noexcept override {
    presences.push_back(standing.presence);
  }

  std::vector<model::EventKind> events;
  std::vector<model::Presence> presences;
};

/// Requirements in AWS, and the inventory that is told of them.
class Inventoried {
 public:
  const model::Requirement& require(model::Locator locator, bool required = true,
                                    std::optional<model::Condition> when = {}) {
    model::Requirement& requirement = requirements.emplace_back();
    requirement.id = "r" + std::to_string(requirements.size());
    requirement.required = required;
    requirement.when = std::move(when);
    requirement.locator = std::move(locator);
    return requirement;
  }

  [[nodiscard]] AwsItem item(const model::Requirement& requirement, base::Instant now,
                             model::RequiredSight sight = model::RequiredSight::none) {
    return {requirement, place_of(requirement.locator, "eu-west-1"), sight,
            inventory.track(requirement, now)};
  }

  [[nodiscard]] const model::Standing& standing(std::size_t number = 0) const {
    return *inventory.standings().at(number);
  }
  [[nodiscard]] model::Presence presence(std::size_t number = 0) const {
    return standing(number).presence;
  }
  [[nodiscard]] std::size_t count(model::Presence presence) const {
    std::size_t number = 0;
    for (const model::Standing* const each : inventory.standings()) {
      number += each->presence == presence ? 1 : 0;
    }
    return number;
  }
  /// The detail of that kind, or nothing.
  template <class Kind>
  [[nodiscard]] std::optional<Kind> detail(std::size_t number = 0) const {
    for (const model::Detail& each : standing(number).details) {
      if (const auto* const found = std::get_if<Kind>(&each)) {
        return *found;
      }
    }
    return std::nullopt;
  }

  std::deque<model::Requirement> requirements;
  AwsRecorder recorder;
  inventory::Inventory inventory{recorder};
};

}  // namespace blindfold::detect
