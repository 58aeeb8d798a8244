#pragma once

#include <string>
#include <vector>

#include "app/options.hpp"
#include "core/manifest/deployment.hpp"
#include "core/model/standing.hpp"

namespace blindfold::app {

/// How commands for a cluster name it, and in which region of AWS they are.
struct ClusterNames {
  std::string name_space;   ///< of what names none itself; empty: not known
  std::string context;      ///< that was chosen; empty: none was
  std::string region = {};  ///< in AWS, of what names none; empty: not known
};

/// `agent commands`: prints how to create, complete or rotate what `command`
/// names, for `standings`, or where there are none (`--offline`) as of what is
/// missing. Returns the exit status.
[[nodiscard]] int print_commands(const CommandsCommand& command,
                                 const manifest::Deployment& deployment, const ClusterNames& names,
                                 const std::vector<const model::Standing*>& standings);

/// `agent permissions`. Returns the exit status.
[[nodiscard]] int print_permissions(const PermissionsCommand& command,
                                    const manifest::Deployment& deployment,
                                    const ClusterNames& names);

}  // namespace blindfold::app
