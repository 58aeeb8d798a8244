#pragma once

#include "app/access.hpp"
#include "app/load.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::app {

/// What the process must go on reading after it gave the rest up: the system's
/// own, and the folder of each file that it was configured by or signs in with.
/// Nothing beneath
/// the folder of a requirement.
[[nodiscard]] sandbox::Plan plan_of(const Loaded& loaded, const Access& access);

}  // namespace blindfold::app
