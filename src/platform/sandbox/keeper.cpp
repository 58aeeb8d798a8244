#include "platform/sandbox/keeper.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <memory>
#include <string_view>
#include <utility>

#include "platform/base/printable.hpp"

namespace blindfold::sandbox {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

std::vector<std::string> names_in(const std::string& path) {
  std::vector<std::string> names;
  const std::unique_ptr<DIR, CloseFolder> folder(::opendir(path.c_str()));
  if (folder == nullptr) {
    return names;  // what cannot be listed is not kept
  }
  while (const dirent* const entry = ::readdir(folder.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != "..") {
      names.emplace_back(name);
    }
  }
  return names;
}

}  // namespace

base::Result<> Keeper::keep(const std::string& path, Rights rights) {
  const Way way = walker_.walk(path);
  if (!way.leads_somewhere()) {
    return {};
  }
  const auto guarded = [this](const FileId& id) { return guard_.is_guarded(id); };
  if (rights != Rights::write && std::ranges::any_of(way.ids(), guarded)) {
    return {};
  }
  return guard_.is_on_the_way(way.last().id) ? carve(way.last(), rights) : add(way.last(), rights);
}

base::Result<> Keeper::add(const Node& node, Rights rights) {
  if (kept_.size() == max_kept) {
    return std::unexpected(base::Error{
        base::ErrorKind::limit,
        "\"" + base::printable(node.path) + "\" is one of more than " + std::to_string(max_kept) +
            " files and folders that must be kept one by one, as a requirement's folder lies among "
            "them",
        "move the requirement's files, or those of the agent, to a folder of their own"});
  }
  const base::UniqueFd fd(::open(node.path.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
  struct stat now{};
  if (!fd || ::fstat(fd.get(), &now) != 0 || FileId{now.st_dev, now.st_ino} != node.id) {
    return {};  // gone, or replaced since: then it is not kept
  }
  ruleset_.allow(fd.get(), rights, node.is_folder());
  kept_.push_back({node.id, node.path});
  return {};
}

base::Result<> Keeper::carve(const Node& folder, Rights rights) {
  if (!folder.is_folder()) {
    return {};  // a file where a guarded folder is to be
  }
  carved_.push_back(folder.path);
  for (const std::string& name : names_in(folder.path)) {
    int error_number = 0;
    const std::optional<Node> child =
        look(join(folder.path, name), Freshness::cached, error_number);
    if (!child || S_ISLNK(child->mode) || guard_.is_guarded(child->id)) {
      continue;
    }
    const base::Result<> done =
        guard_.is_on_the_way(child->id) ? carve(*child, rights) : add(*child, rights);
    if (!done) {
      return done;
    }
  }
  return {};
}

std::vector<Kept> Keeper::take_kept() {
  std::ranges::sort(kept_, {}, &Kept::id);
  const auto repeated = std::ranges::unique(kept_, {}, &Kept::id);
  kept_.erase(repeated.begin(), repeated.end());
  return std::exchange(kept_, {});
}

std::vector<std::string> Keeper::take_carved() {
  std::ranges::sort(carved_);
  const auto repeated = std::ranges::unique(carved_);
  carved_.erase(repeated.begin(), repeated.end());
  return std::exchange(carved_, {});
}

}  // namespace blindfold::sandbox
