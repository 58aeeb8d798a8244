#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "detect/files/file_requirement.hpp"
#include "detect/files/folder_tree.hpp"
#include "detect/files/look.hpp"
#include "detect/files/look_reporter.hpp"
#include "detect/files/settling.hpp"
#include "detect/files/surroundings.hpp"
#include "detect/source.hpp"
#include "platform/loop/inotify.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// One requirement in a folder on a local file system: a volume that kubelet
/// swaps, or plain files. By stat, readlink, listing and inotify; never by an
/// open of what is in it.
///
/// A volume: each `MOVED_TO ..data` is one rotation, reported at once; its
/// version is the time-stamped folder whose CREATE came before. Plain files are
/// reported once they have settled; that something is gone, at once.
class FolderSource final : public Source, private FolderObserver {
 public:
  /// Watches, and looks for the first time, from within the constructor.
  FolderSource(loop::Loop& loop, loop::Inotify& inotify, FolderTree& tree,
               FileRequirement requirement, const Surroundings& surroundings, inventory::Tracker tracker);

  void look() noexcept override;
  [[nodiscard]] bool polled() const noexcept override { return folder_.polled().has_value(); }
  [[nodiscard]] inventory::Tracker release() noexcept override { return reporter_.release(); }

 private:
  void on_entry(const loop::InotifyEvent& event) noexcept override;
  void on_way_changed() noexcept override;

  void on_volume_entry(const loop::InotifyEvent& event) noexcept;
  void on_swap() noexcept;
  void on_file_entry(const loop::InotifyEvent& event) noexcept;
  void on_removed(std::string_view key) noexcept;
  void on_due() noexcept;
  void settle() noexcept;
  void report(FolderLook look) noexcept;

  loop::Loop& loop_;
  loop::Inotify& inotify_;
  FileRequirement requirement_;
  LookReporter reporter_;
  loop::Timer timer_;
  Settling settling_;
  std::uint64_t writes_ = 0;
  std::string staged_;    ///< the time-stamped folder that was made last
  std::string reported_;  ///< the target of `..data` that was reported last
  bool found_all_ = false;
  Folder folder_;  ///< last: it calls back as soon as it is there
};

}  // namespace blindfold::detect
