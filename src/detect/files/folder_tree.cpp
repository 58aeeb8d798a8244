#include "detect/files/folder_tree.hpp"

#include "detect/files/folder_node.hpp"

namespace blindfold::detect {

Folder::Folder(FolderTree& tree, std::string_view path, std::uint32_t entry_events,
               FolderObserver& observer)
    : tree_(tree),
      node_(tree.find_or_add(path)),
      entry_events_(entry_events),
      observer_(observer) {
  node_.add(*this);
}

Folder::~Folder() {
  node_.remove(*this);
  tree_.prune_.schedule();
}

std::optional<model::PollingReason> Folder::polled() const noexcept { return node_.polled(); }

FolderTree::FolderTree(loop::Loop& loop, loop::Inotify& inotify, bool instance)
    : inotify_(inotify),
      instance_(instance),
      walk_(loop, [this]() noexcept { walk_again(); }),
      prune_(loop, [this]() noexcept { prune(); }),
      root_(std::make_unique<FolderNode>(*this, nullptr, "/")) {}

FolderTree::~FolderTree() { root_->drop_links(); }

void FolderTree::walk_again() noexcept { root_->walk_again(); }

void FolderTree::prune() noexcept { static_cast<void>(root_->prune()); }

FolderNode& FolderTree::find_or_add(std::string_view path) {
  FolderNode* node = root_.get();
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    const std::string_view name = path.substr(0, end);
    if (!name.empty()) {
      node->ensure_armed();
      node = &node->child(name);
    }
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return *node;
}

}  // namespace blindfold::detect
