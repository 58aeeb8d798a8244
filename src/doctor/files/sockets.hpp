#pragma once

#include <sys/types.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace blindfold::doctor {

/// Where container engines listen by default (Docker, containerd, Podman,
/// CRI-O, K3s, MicroK8s, BuildKit), those of `user`'s own included. Landlock
/// does not cover connecting to a Unix socket.
[[nodiscard]] std::vector<std::string> engine_sockets(uid_t user);

/// Those of `paths`, by index, that are Unix sockets which this process may
/// write to, and so connect; of several paths of one socket the first.
[[nodiscard]] std::vector<std::size_t> reachable_sockets(std::span<const std::string> paths);

}  // namespace blindfold::doctor
