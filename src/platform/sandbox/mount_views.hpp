#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/error.hpp"

namespace blindfold::sandbox {

/// What is mounted where, in this process's mount namespace: one moment's
/// /proc/self/mountinfo, read without touching any of the mounts. A part of a
/// file system may be mounted in several places (a Secret's volume in two folders
/// of a container, a subPath); a file that cannot be opened in one of them may lie
/// beneath a kept folder in another.
class MountViews final {
 public:
  /// Valid as long as the MountViews that it is of.
  struct Filesystem {
    std::string_view type;    ///< "ext4", "fuse.sshfs"
    std::string_view device;  ///< "major:minor", of every mount of it the same
  };

  /// Nothing is known to be mounted.
  MountViews() = default;

  [[nodiscard]] static base::Result<MountViews> read();
  /// From mountinfo's text (proc_pid_mountinfo(5)); lines of another form are
  /// passed over.
  [[nodiscard]] static MountViews parse(std::string_view mountinfo);

  /// The other paths at which what stands at the real path `path`, on the mount
  /// with number `mount`, may be seen: a claim to be checked, as what is mounted
  /// later may hide it.
  [[nodiscard]] std::vector<std::string> other_paths(std::uint64_t mount,
                                                     std::string_view path) const;

  /// The mount points at which something that is beneath the folder `path` is
  /// mounted elsewhere.
  [[nodiscard]] std::vector<std::string> parts_elsewhere(std::uint64_t mount,
                                                         std::string_view path) const;

  /// On which file system the real path `path` lies, what is mounted over
  /// something else considered; nothing where that is not known. O(length of
  /// the path, times the logarithm of the number of mounts).
  [[nodiscard]] std::optional<Filesystem> filesystem_at(std::string_view path) const;

  /// The types of all that is mounted, each once.
  [[nodiscard]] std::set<std::string_view> filesystem_types() const;

 private:
  struct Mount {
    std::uint64_t number = 0;
    std::uint64_t parent =
        0;               ///< the number of the one it is mounted on; itself: none that is seen
    std::string device;  ///< "major:minor"
    std::string root;    ///< the part of the file system that is mounted
    std::string point;
    std::string type;
  };

  static bool parse_line(std::string_view line, Mount& mount);
  void index();
  const Mount* find(std::uint64_t number) const;
  const Mount* mounted_on(const Mount* parent, std::string_view point) const;
  template <class Take>
  void each_other(std::uint64_t mount, std::string_view path, Take take) const;

  std::vector<Mount> mounts_;           ///< by number
  std::vector<std::size_t> by_device_;  ///< indices into mounts_, by device
  std::vector<std::size_t> by_point_;   ///< the same, by mount point
};

}  // namespace blindfold::sandbox
