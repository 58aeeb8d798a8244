#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindfold::detect {

/// Which paths lie on file systems where others may write without our kernel's
/// knowing, so that inotify tells nothing and a look may hang: by the text of
/// /proc/self/mountinfo (proc(5)) alone, without touching any of them.
class MountTable final {
 public:
  /// Of a text that cannot be understood, the lines that can be count.
  [[nodiscard]] static MountTable parse(std::string_view mountinfo);

  /// Reads this process's own; empty where /proc is not mounted.
  [[nodiscard]] static MountTable read();

  /// Whether `path` (absolute) lies on a network or user-space file system.
  [[nodiscard]] bool is_remote(std::string_view path) const noexcept;

 private:
  struct Mount {
    std::string point;
    bool remote;
  };
  std::vector<Mount> mounts_;  ///< in the order of the file: a later one covers
};

}  // namespace blindfold::detect
