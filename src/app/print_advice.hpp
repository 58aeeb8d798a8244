#pragma once

#include <vector>

#include "app/options.hpp"
#include "core/manifest/deployment.hpp"
#include "core/model/standing.hpp"

namespace blindfold::app {

/// `agent commands`: prints how to create, complete or rotate what `command`
/// names, for `standings`, or where there are none (`--offline`) as of what is
/// missing. Returns the exit status.
[[nodiscard]] int print_commands(const CommandsCommand& command,
                                 const manifest::Deployment& deployment,
                                 const std::vector<const model::Standing*>& standings);

/// `agent permissions --for files`. Returns the exit status.
[[nodiscard]] int print_permissions(const PermissionsCommand& command,
                                    const manifest::Deployment& deployment);

}  // namespace blindfold::app
