#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/model/detail.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/inotify.hpp"

namespace blindfold::detect {

class FolderTree;
class FolderNode;

/// Told by a Folder. What is called may destroy the Folder.
class FolderObserver {
 public:
  virtual ~FolderObserver() = default;
  /// An entry of the folder changed, or (IN_Q_OVERFLOW) events were lost.
  virtual void on_entry(const loop::InotifyEvent& event) noexcept = 0;
  /// The path may lead to another folder than before, or to none: look anew.
  virtual void on_way_changed() noexcept = 0;
};

/// Follows one absolute path to a folder: tells what happens in it, and when
/// the path leads elsewhere because something on the way appeared, was removed,
/// moved, replaced by a link or mounted over. The folder need not exist.
class Folder final {
 public:
  /// `entry_events` is the inotify mask of what matters in the folder itself.
  Folder(FolderTree& tree, std::string_view path, std::uint32_t entry_events,
         FolderObserver& observer);
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  Folder(Folder&&) = delete;
  Folder& operator=(Folder&&) = delete;

  /// Why changes are not told of, or not of all: then somebody must look.
  [[nodiscard]] std::optional<model::PollingReason> polled() const noexcept;

 private:
  friend class FolderNode;

  FolderTree& tree_;
  FolderNode& node_;
  std::uint32_t entry_events_;
  FolderObserver& observer_;
};

/// All watched folders of the process, as one tree by path: folders that share
/// the way share its watches, so a thousand volumes beneath one folder cost a
/// thousand watches and a few.
class FolderTree final {
 public:
  /// `instance`: whether `inotify` was opened.
  FolderTree(loop::Loop& loop, loop::Inotify& inotify, bool instance);
  ~FolderTree();
  FolderTree(const FolderTree&) = delete;
  FolderTree& operator=(const FolderTree&) = delete;
  FolderTree(FolderTree&&) = delete;
  FolderTree& operator=(FolderTree&&) = delete;

  /// Walks every way again and tells every observer, from within the call.
  void walk_again() noexcept;

 private:
  friend class Folder;
  friend class FolderNode;

  FolderNode& find_or_add(std::string_view path);
  void prune() noexcept;

  loop::Inotify& inotify_;
  bool instance_;
  loop::Deferred walk_;   ///< events were lost
  loop::Deferred prune_;  ///< a folder was let go of
  std::unique_ptr<FolderNode> root_;
};

}  // namespace blindfold::detect
