#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "detect/files/file_requirement.hpp"
#include "detect/files/folder_tree.hpp"
#include "detect/files/look.hpp"
#include "detect/files/look_queue.hpp"
#include "detect/files/look_reporter.hpp"
#include "detect/files/remote_looks.hpp"
#include "detect/files/settling.hpp"
#include "detect/files/surroundings.hpp"
#include "platform/loop/inotify.hpp"
#include "platform/loop/timer.hpp"

namespace blindfold::detect {

/// What the sources of one Files share; all of it outlives them.
struct Shared {
  loop::Loop& loop;
  loop::Inotify& inotify;
  FolderTree& tree;
  LookQueue& queue;
  RemoteLooks& remote_looks;
  const SharedSurroundings& surroundings;
};

/// One requirement in a folder: a volume that kubelet swaps, or plain files. By
/// stat, readlink, listing and inotify; never by an open of what is in it.
///
/// A volume: each `MOVED_TO ..data` is one rotation, reported at once; its
/// version is the time-stamped folder whose CREATE came before. Plain files are
/// reported once they have settled; that something is gone, at once. What lies
/// on a remote file system is looked at on another thread, whenever asked.
class FolderSource final : private FolderObserver {
 public:
  /// Watches, and looks for the first time, from within the constructor.
  FolderSource(const Shared& shared, FileRequirement requirement, inventory::Tracker tracker);

  /// Watches what the path leads to now and looks, soon.
  void look_again() noexcept { again_.schedule(); }

  /// A look that has not come back yet counts as failed.
  void give_up() noexcept;

  /// Whether not all changes are told of, so that it must be asked to look.
  [[nodiscard]] bool polled() const noexcept;

 private:
  /// A key that is a symbolic link: what it leads to may be written in place.
  class LinkedKey final : private FolderObserver {
   public:
    LinkedKey(FolderSource& source, std::string key);
    void renew() { file_.renew(); }
    [[nodiscard]] std::optional<model::PollingReason> polled() const noexcept {
      return file_.polled();
    }

   private:
    void on_entry(const loop::InotifyEvent& event) noexcept override;
    void on_way_changed() noexcept override;

    FolderSource& source_;
    std::string key_;
    Folder file_;
  };

  void on_entry(const loop::InotifyEvent& event) noexcept override;
  void on_way_changed() noexcept override;

  void on_volume_entry(const loop::InotifyEvent& event) noexcept;
  void on_swap() noexcept;
  void on_file_entry(const loop::InotifyEvent& event) noexcept;
  void on_link() noexcept;
  void on_removed(std::string_view key) noexcept;
  void on_again() noexcept;
  void on_due() noexcept;
  void on_remote_answer(RemoteAnswer* answer) noexcept;

  [[nodiscard]] std::optional<FolderLook> look() noexcept;
  void look_and_report() noexcept;
  bool follow(const std::vector<std::string>& links);
  [[nodiscard]] bool follows(const std::vector<std::string>& links) const noexcept;
  [[nodiscard]] std::optional<model::PollingReason> why_polled() const noexcept;
  [[nodiscard]] bool settles(const FolderLook& look) noexcept;
  void settle() noexcept;
  void report(FolderLook look) noexcept;
  [[nodiscard]] model::Version note(const FolderLook& look) noexcept;

  loop::Loop& loop_;
  loop::Inotify& inotify_;
  FolderTree& tree_;
  const SharedSurroundings& surroundings_;
  FileRequirement requirement_;
  LookReporter reporter_;
  loop::Timer timer_;
  PendingLook again_;
  RemoteLook remote_look_;
  Settling settling_;
  std::uint64_t writes_ = 0;
  std::string staged_;         ///< the time-stamped folder that was made last
  std::string reported_;       ///< the target of `..data` that was reported last
  std::string remote_device_;  ///< that the last look had to do with; empty: none
  bool found_all_ = false;
  bool settled_ = false;  ///< the remote look under way is the one after settling
  Folder folder_;
  std::map<std::string, std::unique_ptr<LinkedKey>> linked_;
};

}  // namespace blindfold::detect
