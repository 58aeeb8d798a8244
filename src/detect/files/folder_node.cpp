#include "detect/files/folder_node.hpp"

#include <limits.h>
#include <stdlib.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <utility>

#include "detect/files/remote.hpp"

namespace blindfold::detect {
namespace {

// What can make a path lead elsewhere.
constexpr std::uint32_t way_events =
    IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_ATTRIB;

constexpr std::uint32_t self_events = IN_DELETE_SELF | IN_MOVE_SELF | IN_UNMOUNT | IN_IGNORED;

constexpr std::uint32_t name_events =
    IN_CREATE | IN_MOVED_FROM | IN_MOVED_TO | IN_DELETE | IN_ATTRIB;

constexpr std::uint32_t write_events = IN_MODIFY | IN_CLOSE_WRITE;

// As many as Linux follows on one way.
constexpr int most_links = 40;

// Over so many links the reason is looked for: they may lead in circles.
constexpr int most_links_asked = 8;

// Where the link at `path` leads in one step, or nothing where it is no link.
std::string link_target(const std::string& path) {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = ::readlink(path.c_str(), buffer.data(), buffer.size());
  if (length <= 0) {
    return {};
  }
  const std::filesystem::path target(
      std::string_view(buffer.data(), static_cast<std::size_t>(length)));
  if (target.is_absolute()) {
    return target.string();
  }
  const std::string parent = std::filesystem::path(path).parent_path();
  if (::realpath(parent.c_str(), buffer.data()) == nullptr) {
    return {};
  }
  return (std::filesystem::path(buffer.data()) / target).string();
}

}  // namespace

FolderNode::FolderNode(FolderTree& tree, FolderNode* parent, std::string path)
    : tree_(tree),
      parent_(parent),
      path_(std::move(path)),
      watch_(tree.inotify_, [this](const loop::InotifyEvent& event) noexcept { on_event(event); }) {
}

FolderNode::~FolderNode() = default;

FolderNode& FolderNode::child(std::string_view name) {
  const auto found = children_.find(name);
  if (found != children_.end()) {
    return *found->second;
  }
  std::string path = path_ == "/" ? path_ : path_ + "/";
  path += name;
  auto& node = children_[std::string(name)];
  node = std::make_unique<FolderNode>(tree_, this, std::move(path));
  return *node;
}

void FolderNode::add(Folder& folder) {
  folders_.push_back(&folder);
  const Interest& interest = folder.interest_;
  if (interest.writes && parent_ != nullptr) {
    parent_->generation_ = 0;
  }
  if (interest.writes || (interest.entry_events & ~way_events) != 0) {
    generation_ = 0;
  }
}

bool FolderNode::wants_writes() const noexcept {
  return std::ranges::any_of(
      folders_, [](const Folder* folder) { return folder != nullptr && folder->interest_.writes; });
}

void FolderNode::drop_links() noexcept {
  link_.reset();
  for (const auto& [name, node] : children_) {
    node->drop_links();
  }
}

void FolderNode::remove(Folder& folder) noexcept {
  std::ranges::replace(folders_, &folder, nullptr);
}

void FolderNode::renew(int links) {
  if (parent_ != nullptr) {
    parent_->renew(links);
  }
  if (generation_ == tree_.generation_) {
    return;
  }
  generation_ = tree_.generation_;
  polled_.reset();
  const Surroundings& now = *tree_.surroundings_;
  if (now.may_hang && remote_on_the_way(path_, now.mounts)) {
    polled_ = model::PollingReason::no_events;
    watch_.stop();
    link_path_.clear();
    link_.reset();
    return;
  }
  watch();
  follow_link(links);
}

void FolderNode::watch() noexcept {
  std::uint32_t mask = way_events | IN_ONLYDIR;
  for (const Folder* const folder : folders_) {
    mask |= folder != nullptr ? folder->interest_.entry_events : 0;
  }
  for (const auto& [name, node] : children_) {
    mask |= node->wants_writes() ? write_events : 0;
  }
  const auto started = watch_.start(path_, mask);
  if (started) {
    return;
  }
  watch_.stop();
  if (started.error().kind == base::ErrorKind::limit) {
    polled_ =
        tree_.instance_ ? model::PollingReason::watch_limit : model::PollingReason::instance_limit;
  } else if (started.error().kind == base::ErrorKind::denied) {
    polled_ = model::PollingReason::listing_denied;
  }
}

void FolderNode::follow_link(int links) {
  std::string target = links < most_links ? link_target(path_) : std::string();
  const bool writes = wants_writes();
  if (target != link_path_ || (link_ != nullptr && writes && !link_->interest_.writes)) {
    link_path_ = std::move(target);
    link_.reset();
    if (!link_path_.empty()) {
      FolderObserver& observer = *this;
      link_ = std::make_unique<Folder>(tree_, link_path_, Interest{.writes = writes}, observer,
                                       links + 1);
    }
  } else if (link_ != nullptr) {
    link_->renew();
  }
}

void FolderNode::notify() noexcept {
  if (std::exchange(notifying_, true)) {
    return;
  }
  for (Folder* const folder : folders_) {
    if (folder != nullptr) {
      folder->observer_.on_way_changed();
    }
  }
  for (const auto& [name, node] : children_) {
    node->notify();
  }
  notifying_ = false;
}

bool FolderNode::prune() noexcept {
  std::erase(folders_, nullptr);
  std::erase_if(children_, [](const auto& child) { return child.second->prune(); });
  return folders_.empty() && children_.empty();
}

std::optional<model::PollingReason> FolderNode::polled(int links) const noexcept {
  if (polled_ || links > most_links_asked) {
    return polled_;
  }
  if (link_ != nullptr) {
    if (const auto reason = link_->node_.polled(links + 1)) {
      return reason;
    }
  }
  return parent_ != nullptr ? parent_->polled(links) : std::nullopt;
}

// Where its link leads.
void FolderNode::on_entry(const loop::InotifyEvent& event) noexcept {
  written(event);
}

void FolderNode::written(const loop::InotifyEvent& event) noexcept {
  if (std::exchange(notifying_, true)) {
    return;
  }
  for (Folder* const folder : folders_) {
    if (folder != nullptr && folder->interest_.writes) {
      folder->observer_.on_entry(event);
    }
  }
  notifying_ = false;
}

void FolderNode::on_way_changed() noexcept {
  notify();
}

void FolderNode::way_changed() noexcept {
  ++tree_.generation_;
  notify();
}

void FolderNode::on_event(const loop::InotifyEvent& event) noexcept {
  if ((event.mask & IN_Q_OVERFLOW) != 0) {
    tree_.events_lost_.schedule();
    return;
  }
  if ((event.mask & self_events) != 0 || (event.name.empty() && (event.mask & IN_ATTRIB) != 0)) {
    way_changed();
    return;
  }
  if (const auto found = children_.find(event.name); found != children_.end()) {
    FolderNode& child = *found->second;
    if ((event.mask & name_events) != 0) {
      child.way_changed();
    } else if ((event.mask & write_events) != 0) {
      child.written(event);
    }
  }
  for (Folder* const folder : folders_) {
    if (folder != nullptr && (event.mask & folder->interest_.entry_events) != 0) {
      folder->observer_.on_entry(event);
    }
  }
}

}  // namespace blindfold::detect
