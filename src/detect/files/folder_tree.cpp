#include "detect/files/folder_tree.hpp"

#include "detect/files/folder_node.hpp"

namespace blindfold::detect {

Folder::Folder(FolderTree& tree, std::string_view path, Interest interest, FolderObserver& observer,
               int links)
    : tree_(tree),
      node_(tree.find_or_add(path)),
      interest_(interest),
      links_(links),
      observer_(observer) {
  node_.add(*this);
  renew();
}

Folder::~Folder() {
  node_.remove(*this);
  tree_.prune_.schedule();
}

void Folder::renew() {
  node_.renew(links_);
}

std::optional<model::PollingReason> Folder::polled() const noexcept {
  return node_.polled();
}

FolderTree::FolderTree(loop::Loop& loop, loop::Inotify& inotify,
                       const SharedSurroundings& surroundings)
    : inotify_(inotify),
      surroundings_(surroundings),
      instance_(inotify.open().has_value()),
      events_lost_(loop, [this]() noexcept { on_events_lost(); }),
      prune_(loop, [this]() noexcept { prune(); }),
      root_(std::make_unique<FolderNode>(*this, nullptr, "/")) {
}

FolderTree::~FolderTree() {
  root_->drop_links();
}

void FolderTree::expire() noexcept {
  ++generation_;
  instance_ = inotify_.open().has_value();
}

void FolderTree::on_events_lost() noexcept {
  expire();
  root_->notify();
}

void FolderTree::prune() noexcept {
  static_cast<void>(root_->prune());
}

FolderNode& FolderTree::find_or_add(std::string_view path) {
  FolderNode* node = root_.get();
  while (!path.empty()) {
    const std::size_t end = path.find('/');
    const std::string_view name = path.substr(0, end);
    if (!name.empty() && name != ".") {
      node = &node->child(name);
    }
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  }
  return *node;
}

}  // namespace blindfold::detect
