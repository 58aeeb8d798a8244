#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/error.hpp"

namespace blindfold::sandbox {

/// What is mounted where, in this process's mount namespace: one moment's
/// /proc/self/mountinfo. A part of a file system may be mounted in several
/// places (a Secret's volume in two folders of a container, a subPath); a file
/// that cannot be opened in one of them may lie beneath a kept folder in another.
class MountViews final {
 public:
  /// Nothing is mounted in two places.
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

 private:
  struct Mount {
    std::uint64_t number = 0;
    std::string device;  ///< "major:minor"
    std::string root;    ///< the part of the file system that is mounted
    std::string point;
  };

  static bool parse_line(std::string_view line, Mount& mount);
  const Mount* find(std::uint64_t number) const;
  template <class Take>
  void each_other(std::uint64_t mount, std::string_view path, Take take) const;

  std::vector<Mount> mounts_;           ///< by number
  std::vector<std::size_t> by_device_;  ///< indices into mounts_, by device
};

}  // namespace blindfold::sandbox
