#pragma once

#include <algorithm>
#include <chrono>
#include <list>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/inventory/inventory.hpp"
#include "detect/files/files.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

namespace blindfold::detect {

/// Files on a loop, with what the inventory made of its observations.
template <class BaseFixture>
class BasicFilesFixture : public BaseFixture, private inventory::Listener {
 public:
  BasicFilesFixture() : inventory_(*this, {.grace = std::chrono::milliseconds(300)}) {}

  void watch_directory(const std::string& path, std::vector<std::string> keys) {
    watch(model::DirectoryLocator{path, std::move(keys)});
  }
  void watch_mount(const std::string& path, std::vector<std::string> keys) {
    watch(model::MountLocator{path, std::move(keys)});
  }

  [[nodiscard]] model::Presence presence(std::size_t index = 0) const {
    return inventory_.standings().at(index)->presence;
  }
  [[nodiscard]] const model::Details& details(std::size_t index = 0) const {
    return inventory_.standings().at(index)->details;
  }
  [[nodiscard]] bool becomes(model::Presence wanted) {
    return this->run_until([this, wanted] { return presence() == wanted; });
  }
  [[nodiscard]] bool brings(const std::vector<model::EventKind>& wanted) {
    static_cast<void>(this->run_until([&] { return events.size() >= wanted.size(); }));
    settle();
    return events == wanted;
  }
  /// Until nothing is settling or waiting for the end of the grace any more.
  void settle() {
    constexpr std::chrono::milliseconds quiet{450};
    const auto end = std::chrono::steady_clock::now() + quiet;
    static_cast<void>(
        this->run_until([end] { return std::chrono::steady_clock::now() >= end; }, quiet));
    inventory_.advance(this->loop().now());
  }
  /// With a clock that a test advances: what falls due until then has happened.
  void pass(std::chrono::milliseconds time) {
    this->clock.advance(time);
    this->turn(6);
    inventory_.advance(this->loop().now());
  }
  [[nodiscard]] const model::Standing& standing(std::size_t index = 0) const {
    return *inventory_.standings().at(index);
  }
  [[nodiscard]] bool says(const model::Detail& detail, std::size_t index = 0) const {
    return std::ranges::find(details(index), detail) != details(index).end();
  }

  std::vector<model::EventKind> events;
  std::vector<std::string> event_ids;  ///< "r1", "r2", …
  std::size_t told = 0;
  support::ScratchFolder scratch;

 protected:
  detect::Files& files() {
    if (!files_) {
      files_.emplace(this->loop(), confinement_, options);
    }
    return *files_;
  }
  detect::Files::Options options;

 private:
  void watch(model::Locator locator) {
    model::Requirement& requirement = requirements_.emplace_back();
    requirement.id = "r" + std::to_string(requirements_.size());
    requirement.locator = std::move(locator);
    files().watch(requirement, inventory_.track(requirement, this->loop().now()));
  }
  void on_event(const model::RotationEvent& event) noexcept override {
    events.push_back(event.kind);
    event_ids.push_back(event.id);
  }
  void on_standing(const model::Standing&) noexcept override { ++told; }

  sandbox::Confinement confinement_;
  std::list<model::Requirement> requirements_;
  inventory::Inventory inventory_;
  std::optional<detect::Files> files_;
};

using FilesFixture = BasicFilesFixture<support::LoopFixture>;
using ManualFilesFixture = BasicFilesFixture<support::ManualLoopFixture>;

}  // namespace blindfold::detect
