#include "doctor/kubernetes/wanted.hpp"

#include <algorithm>
#include <variant>

namespace blindfold::doctor {
namespace {

WantedNamespace& named(std::vector<WantedNamespace>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &WantedNamespace::name);
  return found != all.end() ? *found : all.emplace_back(WantedNamespace{name, {}, {}});
}

}  // namespace

std::vector<WantedNamespace> wanted_in_kubernetes(std::span<const model::Requirement> requirements,
                                                  std::span<const manifest::Setting> settings,
                                                  const std::string& name_space) {
  std::vector<WantedNamespace> all;
  for (const model::Requirement& requirement : requirements) {
    const auto* const at = std::get_if<model::KubernetesLocator>(&requirement.locator);
    if (at == nullptr || requirement.skipped) {
      continue;
    }
    auto& secrets = named(all, at->name_space.empty() ? name_space : at->name_space).secrets;
    if (std::ranges::find(secrets, at->secret, &WantedSecret::name) == secrets.end()) {
      secrets.push_back({at->secret, at->type});
    }
  }
  for (const manifest::Setting& setting : settings) {
    const auto& at = setting.locator;
    const auto found = std::ranges::find(all, at.name_space.empty() ? name_space : at.name_space,
                                         &WantedNamespace::name);
    if (found != all.end() &&
        std::ranges::find(found->config_maps, at.config_map) == found->config_maps.end()) {
      found->config_maps.push_back(at.config_map);
    }
  }
  return all;
}

}  // namespace blindfold::doctor
