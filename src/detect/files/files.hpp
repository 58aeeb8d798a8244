#pragma once

#include <memory>
#include <vector>

#include "core/inventory/tracker.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/files/folder_source.hpp"
#include "detect/files/folder_tree.hpp"
#include "detect/files/look_queue.hpp"
#include "detect/files/remote_looks.hpp"
#include "detect/files/surroundings.hpp"
#include "platform/base/duration.hpp"
#include "platform/loop/inotify.hpp"
#include "platform/loop/mounts.hpp"
#include "platform/loop/timer.hpp"
#include "platform/sandbox/confinement.hpp"

namespace blindfold::detect {

/// Looks at every requirement in a mounted volume or a directory: one inotify
/// instance, one tree of watched folders, and a rescan by stat alone as the
/// backstop for what no event tells.
class Files final {
 public:
  struct Options {
    model::RequiredSight required_sight = model::RequiredSight::none;
    base::Duration rescan = std::chrono::seconds(60);
  };

  Files(loop::Loop& loop, const sandbox::Confinement& confinement, Options options);
  ~Files();
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  Files(Files&&) = delete;
  Files& operator=(Files&&) = delete;

  /// Watches from now on, and looks for the first time from within the call
  /// (later, where the folder lies on a network file system). The requirement's
  /// store is `mount` or `directory`.
  void watch(const model::Requirement& requirement, inventory::Tracker tracker);

  /// Looks at everything once more, spread over the next turns of the loop.
  void look_again() noexcept;

  /// The time is up: looks that have not come back yet count as failed.
  void give_up() noexcept;

 private:
  void on_mounts_changed() noexcept;
  void look_at_mounts() noexcept;
  void on_mounts_due() noexcept;
  void rescan() noexcept;
  void poll() noexcept;
  void on_looked() noexcept;

  base::Duration rescan_interval_;
  SharedSurroundings surroundings_;
  loop::Inotify inotify_;
  FolderTree tree_;
  RemoteLooks remote_looks_;
  LookQueue queue_;
  Shared shared_;
  std::vector<std::unique_ptr<FolderSource>> sources_;
  loop::Mounts mounts_;
  loop::Timer mounts_due_;
  bool mounts_changed_ = false;  ///< since they were last looked at
  loop::Timer rescan_;
  loop::Timer poll_;
};

}  // namespace blindfold::detect
