#pragma once

#include <span>

#include "core/manifest/manifest.hpp"
#include "core/manifest/problems.hpp"

namespace blindfold::manifest {

/// Each id once, and each key of each place once: of two, the later is an error
/// that names the earlier. Requirements that are skipped have no place.
void check_requirements(Problems& problems, std::span<const model::Requirement> requirements);
void check_settings(Problems& problems, std::span<const Setting> settings);

/// Each id in one group.
void check_groups(Problems& problems, std::span<const Group> groups);

}  // namespace blindfold::manifest
