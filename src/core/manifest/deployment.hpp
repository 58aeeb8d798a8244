#pragma once

#include <expected>
#include <string>
#include <vector>

#include "core/manifest/configuration.hpp"
#include "core/manifest/diagnostic.hpp"
#include "core/manifest/manifest.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::manifest {

/// What is to be watched and done, from all files together: each requirement
/// where the operator wants it, namespaces and regions filled in, and every id
/// that is mentioned known.
struct Deployment {
  std::string name;
  std::vector<model::Requirement> requirements;  ///< in the order of the files
  std::vector<Setting> settings;
  std::vector<Group> groups;
  model::RequiredSight require_sight = model::RequiredSight::none;
  std::vector<Reaction> reactions;
  AgentSettings agent;

  friend bool operator==(const Deployment&, const Deployment&) = default;
};

/// `manifests` in the order of the configuration's list; its own part of a
/// manifest goes before them. Fails with everything that does not fit together.
[[nodiscard]] std::expected<Deployment, Diagnostics> resolve(Configuration configuration,
                                                             std::vector<Manifest> manifests);

}  // namespace blindfold::manifest
