#pragma once

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "account.hpp"
#include "clients/kubernetes/connection.hpp"
#include "core/inventory/inventory.hpp"
#include "detect/kubernetes/kubernetes.hpp"
#include "fake_api.hpp"
#include "support/loop_fixture.hpp"

namespace blindfold::detect {

/// Notes the events, and lets its owner see each standing as it changes.
class EventRecorder final : public inventory::Listener {
 public:
  void on_event(const model::RotationEvent& event) noexcept override {
    events.push_back(event.kind);
  }
  void on_standing(const model::Standing& standing) noexcept override {
    sights.push_back(standing.sight.level);
    presences.push_back(standing.presence);
  }

  std::vector<model::EventKind> events;
  std::vector<model::SightLevel> sights;
  std::vector<model::Presence> presences;
};

/// A cluster, an account of it with time that passes when the test says so, and
/// an inventory.
class ClusterFixture : public support::ManualLoopFixture {
 public:
  static constexpr Pace pace{.quick = std::chrono::seconds(5),
                             .steady = std::chrono::seconds(30),
                             .count = 5,
                             .per = std::chrono::seconds(1)};

  ClusterFixture() {
    api.rights["app"] = asking_account().rights();
    connect();
  }

  void connect() {
    kubernetes::Account account;
    account.endpoint.url = api.url();
    account.name_space = "app";
    auto made = kubernetes::Connection::make(loop(), std::move(account), nullptr);
    BOOST_REQUIRE(made.has_value());
    connection = *std::move(made);
  }

  /// Tracks a requirement: the secret "db" of "app", unless said otherwise.
  const model::Requirement& require(model::KubernetesLocator locator = db(),
                                    std::optional<model::Condition> when = {}) {
    model::Requirement& requirement = requirements.emplace_back();
    requirement.id = "r" + std::to_string(requirements.size());
    requirement.when = std::move(when);
    requirement.locator = std::move(locator);
    return requirement;
  }
  [[nodiscard]] inventory::Tracker track(const model::Requirement& requirement) {
    return inventory.track(requirement, clock.now());
  }

  /// Watches all that is required, and lets the first answers come.
  void start(model::RequiredSight required = model::RequiredSight::none) {
    source.emplace(loop(), *connection,
                   Kubernetes::Options{.required_sight = required, .pace = pace},
                   [this](const Notice& notice) noexcept { notices.push_back(notice); });
    for (const model::Requirement& requirement : requirements) {
      source->watch(requirement, track(requirement));
    }
    source->start();
    settle();
  }

  /// Until nothing more is asked or said without time passing.
  void settle() {
    std::size_t before = api.asked.size();
    for (int quiet = 0; quiet < 30; ++quiet) {
      turn();
      if (std::exchange(before, api.asked.size()) != api.asked.size()) {
        quiet = 0;
      }
    }
  }
  void pass(std::chrono::milliseconds time,
            std::chrono::milliseconds step = std::chrono::milliseconds(100)) {
    for (; time > std::chrono::milliseconds(0); time -= step) {
      clock.advance(std::min(time, step));
      api.tick();
      settle();
      inventory.advance(clock.now());
    }
  }

  [[nodiscard]] const model::Standing& standing(std::size_t number = 0) const {
    return *inventory.standings().at(number);
  }
  [[nodiscard]] model::Presence presence(std::size_t number = 0) const {
    return standing(number).presence;
  }
  [[nodiscard]] model::SightLevel sight(std::size_t number = 0) const {
    return standing(number).sight.level;
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
  EventRecorder recorder;
  inventory::Inventory inventory{recorder};
  FakeApi api{loop(), clock};
  std::unique_ptr<kubernetes::Connection> connection;
  std::vector<Notice> notices;
  std::optional<Kubernetes> source;
};

}  // namespace blindfold::detect
