#include "doctor/files/sockets.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <set>

#include "platform/sandbox/file_id.hpp"

namespace blindfold::doctor {

std::vector<std::string> engine_sockets(uid_t user) {
  const std::string own = "/run/user/" + std::to_string(user);
  return {
      "/run/docker.sock",
      "/var/run/docker.sock",
      "/run/docker/containerd/containerd.sock",
      "/run/containerd/containerd.sock",
      "/run/podman/podman.sock",
      "/run/crio/crio.sock",
      "/var/run/crio/crio.sock",
      "/run/cri-dockerd.sock",
      "/run/k3s/containerd/containerd.sock",
      "/run/buildkit/buildkitd.sock",
      "/var/snap/microk8s/common/run/containerd.sock",
      own + "/docker.sock",
      own + "/podman/podman.sock",
      own + "/buildkit/buildkitd.sock",
  };
}

std::vector<std::size_t> reachable_sockets(std::span<const std::string> paths) {
  std::vector<std::size_t> out;
  std::set<sandbox::FileId> seen;
  for (std::size_t index = 0; index < paths.size(); ++index) {
    const char* const path = paths[index].c_str();
    struct stat found{};
    if (::stat(path, &found) == 0 && S_ISSOCK(found.st_mode) &&
        ::faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0 &&
        seen.insert({found.st_dev, found.st_ino}).second) {
      out.push_back(index);
    }
  }
  return out;
}

}  // namespace blindfold::doctor
