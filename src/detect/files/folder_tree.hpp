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
  /// An entry of the folder changed, or the file was written to.
  virtual void on_entry(const loop::InotifyEvent& event) noexcept = 0;
  /// The path may lead to another folder than before, or to none, or events were
  /// lost: renew() and look, soon, and not from within the call.
  virtual void on_way_changed() noexcept = 0;
};

/// What matters where a path leads.
struct Interest {
  std::uint32_t entry_events = 0;  ///< to a folder: inotify's mask, of its entries
  bool writes = false;             ///< to a file: IN_MODIFY and IN_CLOSE_WRITE of it
};

/// Follows one absolute path to a folder, or a file: tells what happens in it,
/// and when the path leads elsewhere because something on the way appeared, was
/// removed, moved or replaced by a link. It need not exist. What is mounted is
/// seen by renew(); what lies on a remote file system is not watched.
class Folder final {
 public:
  /// Watches from now on. `links` is how many links led to the path.
  Folder(FolderTree& tree, std::string_view path, Interest interest, FolderObserver& observer,
         int links = 0);
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
  Interest interest_;
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
