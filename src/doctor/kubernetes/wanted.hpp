#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/manifest/manifest.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::doctor {

struct WantedSecret {
  std::string name;
  std::string type;
};

/// What a deployment has in one namespace, each name once.
struct WantedNamespace {
  std::string name;
  std::vector<WantedSecret> secrets;
  std::vector<std::string> config_maps;
};

/// The namespaces in which something is required, in the order of the
/// requirements; `name_space` where one names none. What is in another store,
/// or skipped, is left out, and settings in other namespaces are.
[[nodiscard]] std::vector<WantedNamespace> wanted_in_kubernetes(
    std::span<const model::Requirement> requirements, std::span<const manifest::Setting> settings,
    const std::string& name_space);

}  // namespace blindfold::doctor
