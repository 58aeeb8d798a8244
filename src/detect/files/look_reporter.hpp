#pragma once

#include <optional>
#include <vector>

#include "core/inventory/tracker.hpp"
#include "core/model/observation.hpp"
#include "core/model/sight.hpp"
#include "detect/files/file_requirement.hpp"
#include "detect/files/look.hpp"
#include "detect/files/surroundings.hpp"

namespace blindfold::detect {

/// Turns looks at one folder into observations: adds the sight, refuses where it
/// is worse than what was asked for, and pushes them through the tracker.
class LookReporter final {
 public:
  /// `requirement` and `surroundings` outlive it.
  LookReporter(const FileRequirement& requirement, const Surroundings& surroundings,
               inventory::Tracker tracker) noexcept;

  /// `version` counts only where the look says `present`.
  void report(FolderLook look, model::Version version,
              std::optional<model::PollingReason> polled, base::Instant now) noexcept;

  /// Owners, modes or mounts may have changed: the sight is judged anew at the
  /// next report.
  void forget_sight() noexcept { sight_.reset(); }

  [[nodiscard]] inventory::Tracker release() noexcept { return std::move(tracker_); }

 private:
  [[nodiscard]] const model::Sight& sight_of(const FolderLook& look);

  const FileRequirement& requirement_;
  const Surroundings& surroundings_;
  inventory::Tracker tracker_;
  std::optional<model::Sight> sight_;
  std::vector<FileStamp> judged_;  ///< what `sight_` was judged by
};

/// The version of plain files: of each its inode and mtime, and how many writes
/// inotify told of.
[[nodiscard]] model::Version version_of_files(const FolderLook& look, std::uint64_t writes);

}  // namespace blindfold::detect
