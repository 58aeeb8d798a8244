#pragma once

#include <memory>
#include <vector>

#include "core/inventory/tracker.hpp"
#include "core/model/requirement.hpp"
#include "core/model/sight.hpp"
#include "detect/files/folder_tree.hpp"
#include "detect/files/mount_table.hpp"
#include "detect/files/surroundings.hpp"
#include "detect/source.hpp"
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

  /// `confinement` outlives it.
  Files(loop::Loop& loop, const sandbox::Confinement& confinement, Options options);
  ~Files();
  Files(const Files&) = delete;
  Files& operator=(const Files&) = delete;
  Files(Files&&) = delete;
  Files& operator=(Files&&) = delete;

  /// Watches from now on, and looks for the first time from within the call
  /// (later, where the folder lies on a network file system). `requirement`
  /// outlives this object; its store is `mount` or `directory`.
  void watch(const model::Requirement& requirement, inventory::Tracker tracker);

  /// Looks at everything once more.
  void look_again() noexcept;

 private:
  struct Watched {
    const model::Requirement* requirement;
    bool remote;
    std::unique_ptr<Source> source;
  };

  [[nodiscard]] std::unique_ptr<Source> make(const model::Requirement& requirement, bool remote,
                                             inventory::Tracker tracker);
  void on_mounts_changed() noexcept;
  void rescan() noexcept;

  loop::Loop& loop_;
  base::Duration rescan_interval_;
  Surroundings surroundings_;
  loop::Inotify inotify_;
  FolderTree tree_;
  MountTable mount_table_;
  std::vector<Watched> watched_;
  loop::Mounts mounts_;
  loop::Timer rescan_;
  loop::Timer poll_;
};

}  // namespace blindfold::detect
