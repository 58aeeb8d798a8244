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

/// The sight of what a look found, or, where keys are named, of those.
[[nodiscard]] model::Sight judge_sight(const FileRequirement& requirement, const FolderLook& look,
                                       const Surroundings& surroundings);

/// Turns looks at one folder into observations: adds the sight, refuses where it
/// is worse than what was asked for, and pushes them through the tracker.
class LookReporter final {
 public:
  /// `requirement` and `surroundings`, which may be replaced, outlive it.
  LookReporter(const FileRequirement& requirement, const SharedSurroundings& surroundings,
               inventory::Tracker tracker) noexcept;

  /// Of a look at a local folder, whose sight it judges. `version` counts only
  /// where the look says `present`.
  void report(FolderLook look, model::Version version, std::optional<model::PollingReason> polled,
              base::Instant now) noexcept;

  /// Of a look at a remote one, whose sight was judged where it was looked at.
  void report_remote(FolderLook look, model::Sight sight, model::Version version,
                     base::Instant now) noexcept;

  /// The remote file system did not answer in time.
  void report_late(base::Instant now) noexcept;

  /// Owners, modes or mounts may have changed: the sight is judged anew at the
  /// next report.
  void forget_sight() noexcept { sight_.reset(); }

 private:
  [[nodiscard]] const model::Sight& sight_of(const FolderLook& look);
  void push(FolderLook look, model::Sight sight, model::Version version,
            std::optional<model::PollingReason> polled, base::Instant now) noexcept;

  const FileRequirement& requirement_;
  const SharedSurroundings& surroundings_;
  inventory::Tracker tracker_;
  std::optional<model::Sight> sight_;
  std::vector<FileStamp> judged_;  ///< what `sight_` was judged by
};

/// The version of plain files: of each its inode and mtime, and how many writes
/// inotify told of.
[[nodiscard]] model::Version version_of_files(const FolderLook& look, std::uint64_t writes);

}  // namespace blindfold::detect
