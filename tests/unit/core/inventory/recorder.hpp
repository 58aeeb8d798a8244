#pragma once

#include <utility>
#include <variant>
#include <vector>

#include "core/inventory/inventory.hpp"

namespace blindfold::inventory {

/// What the listener was told, in order; each standing as it was then.
using Told = std::vector<std::variant<model::RotationEvent, model::Standing>>;

class Recorder final : public Listener {
 public:
  void on_event(const model::RotationEvent& event) noexcept override { told_.emplace_back(event); }
  void on_standing(const model::Standing& standing) noexcept override {
    told_.emplace_back(standing);
  }

  [[nodiscard]] const Told& told() const { return told_; }
  /// The same, and forgets it.
  [[nodiscard]] Told take() { return std::exchange(told_, {}); }

 private:
  Told told_;
};

}  // namespace blindfold::inventory
