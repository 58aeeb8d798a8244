#pragma once

#include "core/model/sight.hpp"
#include "platform/sandbox/confinement.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::detect {

/// By what the sight of every look is judged.
struct Surroundings {
  const sandbox::Confinement& confinement;
  model::RequiredSight required_sight;
  sandbox::MountViews mounts;  ///< as of the last time that the mounts changed
};

}  // namespace blindfold::detect
