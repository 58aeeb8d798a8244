#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/detail.hpp"
#include "detect/files/surroundings.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/inotify.hpp"

namespace blindfold::detect {

class FolderTree;
class FolderNode;

/// Told by a Folder, which it does not destroy from within the call.
class FolderObserver {
 public:
  virtual ~FolderObserver() = default;
  /// An entry of the folder changed.
  virtual void on_entry(const loop::InotifyEvent& event) noexcept = 0;
  /// The path may lead to another folder than before, or to none, or events were
  /// lost: renew() and look, soon, and not from within the call.
  virtual void on_way_changed() noexcept = 0;
};

/// Follows one absolute path to a folder: tells what happens in it, and when
/// the path leads elsewhere because something on the way appeared, was removed,
/// moved or replaced by a link. The folder need not exist. What is mounted is
/// seen by renew(); what lies on a remote file system is not watched.
class Folder final {
 public:
  /// `entry_events` is the inotify mask of what matters in the folder itself;
  /// `links` is how many links led to the path. Watches from now on.
  Folder(FolderTree& tree, std::string_view path, std::uint32_t entry_events,
         FolderObserver& observer, int links = 0);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  /// Watches what the path leads to now, unless that was done since anything on
  /// any way changed. What happens from then on is told, so: renew, then look.
  void renew();

  /// Why changes are not told of, or not of all: then somebody must look.
  [[nodiscard]] std::optional<model::PollingReason> polled() const noexcept;

 private:
  friend class FolderNode;

  FolderTree& tree_;
  FolderNode& node_;
  std::uint32_t entry_events_;
  int links_;
  FolderObserver& observer_;
};

/// All watched folders of the process, as one tree by path: folders that share
/// the way share its watches, so a thousand volumes beneath one folder cost a
/// thousand watches and a few.
class FolderTree final {
 public:
  /// Opens `inotify`; where that fails each folder says so and it is tried
  /// again by expire().
  FolderTree(loop::Loop& loop, loop::Inotify& inotify, const SharedSurroundings& surroundings);
  ~FolderTree();
  FolderTree(const FolderTree&) = delete;
  FolderTree& operator=(const FolderTree&) = delete;
  FolderTree(FolderTree&&) = delete;
  FolderTree& operator=(FolderTree&&) = delete;

  /// Every way may have changed: each renew() watches it anew.
  void expire() noexcept;

 private:
  friend class Folder;
  friend class FolderNode;

  FolderNode& find_or_add(std::string_view path);
  void prune() noexcept;
  void on_events_lost() noexcept;

  loop::Inotify& inotify_;
  const SharedSurroundings& surroundings_;
  bool instance_;
  std::uint64_t generation_ = 1;  ///< of what is known of the ways
  loop::Deferred events_lost_;
  loop::Deferred prune_;  ///< a folder was let go of
  std::unique_ptr<FolderNode> root_;
};

}  // namespace blindfold::detect
