#include "detect/files/remote.hpp"

#include <limits.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "detect/files/look.hpp"

namespace blindfold::detect {
namespace {

// autofs: what is beneath is mounted by a process when it is looked at.
constexpr std::array<std::string_view, 22> remote_types{
    "9p",    "afs",      "autofs", "beegfs", "ceph",      "cifs",    "coda", "fuse",
    "fuse3", "gfs2",     "gpfs",   "lustre", "glusterfs", "ncpfs",   "nfs",  "nfs4",
    "ocfs2", "orangefs", "pvfs2",  "smb3",   "smbfs",     "virtiofs"};

// As many as Linux follows.
constexpr int most_links = 40;

// Follows one path name by name.
class Steps final {
 public:
  explicit Steps(std::string_view path) { prepend(path); }

  [[nodiscard]] bool done() const noexcept { return names_.empty(); }

  // Goes to the next name: the real path of what it names, were that no link.
  std::string next() {
    const std::string name = std::move(names_.back());
    names_.pop_back();
    if (name == "..") {
      real_.resize(std::min(real_.rfind('/'), real_.size()));
      return place();
    }
    return real_ + '/' + name;
  }
  void go(const std::string& place) { real_ = place == "/" ? std::string() : place; }
  void follow(std::string_view target) {
    if (target.starts_with('/')) {
      real_.clear();
    }
    prepend(target);
  }
  // Where it has come.
  [[nodiscard]] std::string place() const { return real_.empty() ? "/" : real_; }

 private:
  void prepend(std::string_view path) {
    const auto before = static_cast<std::ptrdiff_t>(names_.size());
    while (!path.empty()) {
      const std::size_t end = std::min(path.find('/'), path.size());
      if (const std::string_view name = path.substr(0, end); !name.empty() && name != ".") {
        names_.emplace_back(name);
      }
      path.remove_prefix(std::min(end + 1, path.size()));
    }
    std::reverse(names_.begin() + before, names_.end());
  }

  std::string real_;                ///< empty: the root
  std::vector<std::string> names_;  ///< still to go, the next one last
};

std::string_view read_link(const std::string& path, std::array<char, PATH_MAX>& target) noexcept {
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  return {target.data(), length > 0 ? static_cast<std::size_t>(length) : 0};
}

}  // namespace

bool is_remote(std::string_view type) noexcept {
  return type.starts_with("fuse.") || std::ranges::find(remote_types, type) != remote_types.end();
}

bool has_remote(const sandbox::MountViews& mounts) {
  return std::ranges::any_of(mounts.filesystem_types(), is_remote);
}

std::optional<std::string> remote_on_the_way(std::string_view path,
                                             const sandbox::MountViews& mounts) {
  const auto root = mounts.filesystem_at("/");
  const auto remote_at = [&mounts](const std::string& place) {
    const auto found = mounts.filesystem_at(place);
    return found && is_remote(found->type) ? std::optional(std::string(found->device))
                                           : std::nullopt;
  };
  Steps steps(path);
  std::array<char, PATH_MAX> buffer;  // readlink fills what is read of it
  for (int links = 0; !steps.done();) {
    const std::string place = steps.next();
    if (auto device = remote_at(place); device && *device != root->device) {
      return device;
    }
    const std::string_view target = read_link(place, buffer);
    if (target.empty()) {
      steps.go(place);
    } else if (++links > most_links) {
      break;
    } else {
      steps.follow(target);
    }
  }
  return remote_at(steps.place());
}

std::optional<std::string> remote_on_the_way(const FileRequirement& requirement,
                                             const sandbox::MountViews& mounts) {
  if (auto found = remote_on_the_way(requirement.folder, mounts)) {
    return found;
  }
  const auto& names = requirement.keys.empty()
                          ? list(requirement.folder).value_or(std::vector<std::string>())
                          : requirement.keys;
  for (const std::string& name : names) {
    if (auto found = remote_on_the_way(requirement.folder + "/" + name, mounts)) {
      return found;
    }
  }
  return std::nullopt;
}

}  // namespace blindfold::detect
