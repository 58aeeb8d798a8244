#include <linux/limits.h>

#include <array>
#include <cstdlib>

#include "platform/sandbox/confinement.hpp"

namespace blindfold::sandbox {

std::vector<std::string> default_readable() {
  std::vector<std::string> paths = {"/usr", "/lib",  "/lib64",    "/lib32",
                                    "/etc", "/proc", "/dev/null", "/run/systemd/resolve"};
  // By the folder, as the file is replaced by a rename whenever names change.
  std::array<char, PATH_MAX> real{};
  if (::realpath("/etc/resolv.conf", real.data()) != nullptr) {
    std::string path = real.data();
    const std::size_t slash = path.rfind('/');
    if (slash != 0) {  // one at the root would keep everything: then the file alone
      path.resize(slash);
    }
    paths.push_back(std::move(path));
  }
  return paths;
}

}  // namespace blindfold::sandbox
