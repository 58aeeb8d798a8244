#pragma once

#include <optional>
#include <string>

#include "core/inventory/inventory.hpp"
#include "core/manifest/deployment.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::app {

/// Tells the inventory which requirements apply, by the settings that their
/// `when` names.
class Conditions final {
 public:
  /// Both outlive it.
  Conditions(const manifest::Deployment& deployment, inventory::Inventory& inventory) noexcept
      : deployment_(deployment), inventory_(inventory) {}

  /// Nothing: the value is not known.
  void set(const std::string& setting, const std::optional<std::string>& value,
           base::Instant now) noexcept;

  /// Whether a requirement that is looked at depends on it.
  [[nodiscard]] static bool depend_on(const manifest::Deployment& deployment,
                                      const std::string& setting) noexcept;

 private:
  const manifest::Deployment& deployment_;
  inventory::Inventory& inventory_;
};

}  // namespace blindfold::app
