#pragma once

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/sandbox/file_id.hpp"
#include "platform/sandbox/mount_views.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::sandbox {

/// Which inodes must not be kept, as something guarded is, or will be, beneath.
class Guard final {
 public:
  /// `walker` outlives the guard.
  Guard(Walker& walker, std::span<const std::string> guarded);

  /// A guarded folder itself: neither it nor anything beneath may be kept.
  [[nodiscard]] bool is_guarded(const FileId& id) const { return guarded_.contains(id); }
  /// A guarded folder, one above it, or the folder in which the next name on
  /// the way to it does not exist yet.
  [[nodiscard]] bool is_on_the_way(const FileId& id) const { return on_the_way_.contains(id); }

  /// Refuses a folder kept for writing that is guarded or above a guarded one,
  /// whether they exist or not.
  [[nodiscard]] base::Result<> check_writable(std::span<const std::string> writable);

 private:
  struct Missing {
    FileId last;                     ///< the last folder on the way that is there
    std::vector<std::string> names;  ///< the names that would lead on
    std::string path;                ///< as it was written
  };

  void add(const std::string& path);
  void add_elsewhere(const MountViews& mounts, const std::string& path);
  const std::string* guarded_beneath(const Way& way) const;

  Walker& walker_;
  std::set<FileId> guarded_;
  std::map<FileId, std::string> on_the_way_;  ///< with the guarded path as it was written
  std::vector<Missing> missing_;
};

}  // namespace blindfold::sandbox
