#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/model/sight.hpp"
#include "platform/sandbox/confinement.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::detect {

/// By what each look and its sight are judged: as of one moment, and never
/// changed, so that a look on another thread can keep it.
struct Surroundings {
  sandbox::Confinement confinement;
  model::RequiredSight required_sight = model::RequiredSight::none;
  sandbox::MountViews mounts;  ///< as of the last time that the mounts changed
  bool may_hang = false;       ///< some file system that is mounted may: see remote.hpp
};

/// Owners: Files, which replaces it when the mounts change, and the looks that
/// are under way on other threads.
using SharedSurroundings = std::shared_ptr<const Surroundings>;

}  // namespace blindfold::detect
