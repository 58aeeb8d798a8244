#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/model/detail.hpp"
#include "core/model/presence.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// What may be known of one file without opening it. Of the size only whether
/// there is anything.
struct FileStamp {
  std::string name;
  dev_t device = 0;
  ino_t inode = 0;
  std::int64_t modified_ns = 0;  ///< mtime, nanoseconds since 1970
  uid_t owner = 0;
  gid_t group = 0;
  mode_t mode = 0;
  nlink_t links = 0;
  bool mount_root = false;  ///< a mount of its own: a `subPath` volume, a bind mount
};

/// One look at a folder: by stat, readlink and listing alone.
struct FolderLook {
  model::Presence presence = model::Presence::unknown;
  model::Details details;
  std::string swapped_to;          ///< the target of `..data`; empty where there is none
  std::vector<std::string> links;  ///< those of plain files that are symbolic links
  std::vector<FileStamp> files;    ///< those that are there, in the order of the keys
};

/// At most so many entries of a folder are listed, for near misses and where no
/// keys are named; what is beyond them is not seen.
inline constexpr std::size_t listing_limit = 1000;

/// The folder's entries, sorted, without kubelet's own ("..data", "..2026_…");
/// nothing where it may not be listed.
[[nodiscard]] std::optional<std::vector<std::string>> list(const std::string& folder);

/// Looks at `keys` in `folder`, or at every entry where no keys are named.
/// Touches nothing but the file system, so that it may run on any thread.
[[nodiscard]] FolderLook look_at(const std::string& folder, const std::vector<std::string>& keys);

/// The target of `FOLDER/..data`, or empty.
[[nodiscard]] std::string read_swap(const std::string& folder);

/// Whether a file was changed so shortly before `now` that another change might
/// not move its time (coarse clocks: 10 ms).
[[nodiscard]] bool is_young(const FolderLook& look, base::SystemTime now) noexcept;

}  // namespace blindfold::detect
