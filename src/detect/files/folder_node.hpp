#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/model/detail.hpp"
#include "detect/files/folder_tree.hpp"
#include "platform/loop/inotify.hpp"

namespace blindfold::detect {

/// One folder of a FolderTree: its watch, the folders beneath that matter, and,
/// where the path's last component is a link, the way that the link leads.
class FolderNode final : private FolderObserver {
 public:
  FolderNode(FolderTree& tree, FolderNode* parent, std::string path);
  ~FolderNode() override;
  FolderNode(const FolderNode&) = delete;
  FolderNode& operator=(const FolderNode&) = delete;
  FolderNode(FolderNode&&) = delete;
  FolderNode& operator=(FolderNode&&) = delete;

  /// The child of that name, made where there was none; not armed yet.
  FolderNode& child(std::string_view name);

  void add(Folder& folder);
  void remove(Folder& folder) noexcept;

  /// Watches what the way to here leads to now, unless that was done in this
  /// generation; `links` led here.
  void renew(int links);

  /// Tells everyone, here and beneath, that the way may have changed.
  void notify() noexcept;

  /// Lets go of where links lead, here and beneath: before the tree goes.
  void drop_links() noexcept;

  /// Lets go of what nobody asks for any more; whether that is all of it.
  [[nodiscard]] bool prune() noexcept;

  /// Of the way to here, over `links` links so far.
  [[nodiscard]] std::optional<model::PollingReason> polled(int links = 0) const noexcept;

 private:
  void on_entry(const loop::InotifyEvent& event) noexcept override;
  void on_way_changed() noexcept override;

  void on_event(const loop::InotifyEvent& event) noexcept;
  void way_changed() noexcept;
  void written(const loop::InotifyEvent& event) noexcept;
  [[nodiscard]] bool wants_writes() const noexcept;
  void watch() noexcept;
  void follow_link(int links);

  FolderTree& tree_;
  FolderNode* parent_;
  std::string path_;
  loop::InotifyWatch watch_;
  std::map<std::string, std::unique_ptr<FolderNode>, std::less<>> children_;
  std::vector<Folder*> folders_;  ///< null: removed, pruned later
  std::string link_path_;
  std::unique_ptr<Folder> link_;
  std::optional<model::PollingReason> polled_;
  std::uint64_t generation_ = 0;  ///< in which it was renewed; 0: never
  bool notifying_ = false;
};

}  // namespace blindfold::detect
