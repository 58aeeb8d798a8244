#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string>
#include <utility>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::sandbox {
namespace {

constexpr int open_folder = O_PATH | O_DIRECTORY | O_CLOEXEC;

/// The root is its own parent; so is, by its inode alone, a folder bound over a
/// child of its own: hence the mount.
struct Place {
  FileId id;
  std::uint64_t mount = 0;
  bool is_folder = false;
  friend bool operator==(const Place&, const Place&) = default;
};

base::Result<Place> place_of(int fd) {
  struct statx found{};
  if (::statx(fd, "", AT_EMPTY_PATH | AT_NO_AUTOMOUNT, STATX_TYPE | STATX_INO | STATX_MNT_ID,
              &found) != 0) {
    return std::unexpected(base::system_error(errno, "cannot look at a folder"));
  }
  return Place{{makedev(found.stx_dev_major, found.stx_dev_minor), found.stx_ino},
               (found.stx_mask & STATX_MNT_ID) != 0 ? found.stx_mnt_id : 0,
               S_ISDIR(found.stx_mode)};
}

/// The folder of what `fd` is open on, by its path: for a file, and for a
/// folder that may not be searched and so does not tell its parent.
base::Result<base::UniqueFd> open_parent_by_path(int fd, const Place& place) {
  std::array<char, PATH_MAX> target{};
  const std::string link = "/proc/self/fd/" + std::to_string(fd);
  const ssize_t length = ::readlink(link.c_str(), target.data(), target.size());
  if (length < 0 || static_cast<std::size_t>(length) == target.size()) {
    return std::unexpected(base::system_error(length < 0 ? errno : ENAMETOOLONG, link));
  }
  std::string path(target.data(), static_cast<std::size_t>(length));
  const base::UniqueFd again(::open(path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  if (!again) {
    return std::unexpected(base::system_error(errno, "cannot look at a path again"));
  }
  const base::Result<Place> there = place_of(again.get());
  if (!there || *there != place) {
    return std::unexpected(base::system_error(ESTALE, "a file was moved while it was looked at"));
  }
  path.resize(std::max<std::size_t>(path.rfind('/'), 1));
  base::UniqueFd parent(::open(path.c_str(), open_folder));
  if (!parent) {
    return std::unexpected(base::system_error(errno, "cannot look at a folder"));
  }
  return parent;
}

base::Result<base::UniqueFd> open_parent(int fd, const Place& place) {
  if (place.is_folder) {
    base::UniqueFd parent(::openat(fd, "..", open_folder));
    if (parent) {
      return parent;
    }
    if (errno != EACCES) {
      return std::unexpected(base::system_error(errno, "cannot look at a folder"));
    }
  }
  return open_parent_by_path(fd, place);
}

}  // namespace

base::Result<std::vector<FileId>> ancestors(int fd) {
  std::vector<FileId> out;
  base::Result<Place> place = place_of(fd);
  base::UniqueFd holder;
  while (place) {
    out.push_back(place->id);
    base::Result<base::UniqueFd> parent = open_parent(fd, *place);
    if (!parent) {
      return std::unexpected(parent.error());
    }
    base::Result<Place> above = place_of(parent->get());
    if (above && *above == *place) {
      return out;
    }
    holder = std::move(*parent);
    fd = holder.get();
    place = std::move(above);
  }
  return std::unexpected(place.error());
}

}  // namespace blindfold::sandbox
