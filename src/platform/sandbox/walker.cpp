#include "platform/sandbox/walker.hpp"

#include <fcntl.h>
#include <linux/limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <ranges>
#include <utility>

namespace blindfold::sandbox {
namespace {

constexpr int max_links = 40;  // the kernel's MAXSYMLINKS

/// The names of a path that are still to be looked up, next one last.
void push_names(std::vector<std::string>& names, std::string_view path) {
  while (!path.empty()) {
    const std::size_t slash = path.rfind('/');
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    if (!name.empty() && name != ".") {
      names.emplace_back(name);
    }
    path = slash == std::string_view::npos ? std::string_view{} : path.substr(0, slash);
  }
}

std::optional<std::string> read_link(const std::string& path) {
  std::array<char, PATH_MAX> target{};
  const ssize_t length = ::readlink(path.c_str(), target.data(), target.size());
  if (length <= 0 || static_cast<std::size_t>(length) == target.size()) {
    return std::nullopt;
  }
  return std::string(target.data(), static_cast<std::size_t>(length));
}

/// The names left over, in the order of the path, ".." taken by the letter.
std::vector<std::string> in_order(const std::vector<std::string>& names) {
  std::vector<std::string> out;
  for (const std::string& name : names | std::views::reverse) {
    if (name != "..") {
      out.push_back(name);
    } else if (!out.empty()) {
      out.pop_back();
    }
  }
  return out;
}

}  // namespace

bool Node::is_folder() const noexcept {
  return S_ISDIR(mode);
}

std::vector<FileId> Way::ids() const {
  std::vector<FileId> out;
  out.reserve(folders.size() + 1);
  if (file) {
    out.push_back(file->id);
  }
  for (const Node* const folder : folders | std::views::reverse) {
    out.push_back(folder->id);
  }
  return out;
}

std::optional<Node> look(const std::string& path, Freshness freshness, int& error_number) {
  const int sync = freshness == Freshness::cached ? AT_STATX_DONT_SYNC : AT_STATX_SYNC_AS_STAT;
  struct statx found{};
  if (::statx(
          AT_FDCWD, path.c_str(), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT | sync,
          STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_GID | STATX_INO | STATX_MNT_ID,
          &found) != 0) {
    error_number = errno;
    return std::nullopt;
  }
  error_number = 0;
  return Node{
      .path = path,
      .id = {makedev(found.stx_dev_major, found.stx_dev_minor), found.stx_ino},
      .mode = found.stx_mode,
      .owner = found.stx_uid,
      .group = found.stx_gid,
      .links = found.stx_nlink,
      .mount = (found.stx_mask & STATX_MNT_ID) != 0 ? found.stx_mnt_id : 0,
  };
}

std::string join(std::string_view folder, std::string_view name) {
  std::string out;
  out.reserve(folder.size() + 1 + name.size());
  out = folder;
  if (out.empty() || out.back() != '/') {
    out += '/';
  }
  out += name;
  return out;
}

const Node* Walker::remembered(const std::string& path) const {
  const auto found = folders_.find(path);
  return found == folders_.end() ? nullptr : &found->second;
}

const Node& Walker::root() {
  if (const Node* const known = remembered("/"); known != nullptr) {
    return *known;
  }
  // It is always there; were it not, an empty node is no other's.
  int error_number = 0;
  Node node = look("/", freshness_, error_number).value_or(Node{});
  node.path = "/";
  return folders_.emplace("/", std::move(node)).first->second;
}

Way Walker::walk(std::string_view path) {
  Way way;
  std::vector<std::string> names;
  push_names(names, path);
  way.folders.push_back(&root());
  int links = 0;
  while (!names.empty()) {
    std::string name = std::move(names.back());
    names.pop_back();
    const Node* const folder = way.folders.back();
    if (name == "..") {
      if (way.folders.size() > 1) {
        way.folders.pop_back();
      }
      continue;
    }
    std::string here = join(folder->path, name);
    if (const Node* const known = remembered(here); known != nullptr) {
      way.steps.push_back({folder, known->owner});
      way.folders.push_back(known);
      continue;
    }
    std::optional<Node> node = look(here, freshness_, way.error_number);
    if (!node) {
      names.push_back(std::move(name));
      break;
    }
    way.steps.push_back({folder, node->owner});
    if (S_ISLNK(node->mode)) {
      const std::optional<std::string> target = read_link(here);
      if (!target || ++links > max_links) {
        way.error_number = ELOOP;
        names.push_back(std::move(name));
        break;
      }
      if (target->starts_with('/')) {
        way.folders.resize(1);
      }
      push_names(names, *target);
    } else if (node->is_folder()) {
      way.folders.push_back(&folders_.emplace(std::move(here), std::move(*node)).first->second);
    } else if (names.empty()) {
      way.file = std::move(*node);
    } else {
      way.error_number = ENOTDIR;
      way.in_the_way = node->id;
      names.push_back(std::move(name));
      break;
    }
  }
  if (!way.leads_somewhere()) {
    way.rest = in_order(names);
  }
  return way;
}

}  // namespace blindfold::sandbox
