#include "app/conditions.hpp"

#include <algorithm>

namespace blindfold::app {

void Conditions::set(const std::string& setting, const std::optional<std::string>& value,
                     base::Instant now) noexcept {
  for (const model::Requirement& requirement : deployment_.requirements) {
    if (requirement.when && requirement.when->setting == setting) {
      const auto known =
          value == requirement.when->is ? inventory::Applies::yes : inventory::Applies::no;
      inventory_.set_applies(requirement.id, value ? known : inventory::Applies::unknown, now);
    }
  }
}

bool Conditions::depend_on(const manifest::Deployment& deployment,
                           const std::string& setting) noexcept {
  return std::ranges::any_of(deployment.requirements, [&setting](const auto& requirement) {
    return !requirement.skipped && requirement.when && requirement.when->setting == setting;
  });
}

}  // namespace blindfold::app
