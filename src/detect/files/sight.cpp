#include "detect/files/sight.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <optional>
#include <ranges>
#include <unordered_map>
#include <utility>
#include <vector>

#include "platform/sandbox/capabilities.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::detect {
namespace {

using model::Sight;
using model::SightLevel;
using model::SightReason;
using sandbox::Node;
using sandbox::Step;
using sandbox::Way;

/// Landlock has no part in the answer, capabilities and access lists have. What
/// else may refuse the question (an old seccomp filter) is no refusal.
bool may(const std::string& path, int how) noexcept {
  return ::faccessat(AT_FDCWD, path.c_str(), how, AT_EACCESS) == 0 ||
         (errno != EACCES && errno != EROFS);
}

/// One round of questions about one requirement.
class Judge final {
 public:
  Judge(const sandbox::Confinement& confinement, const sandbox::MountViews& mounts) noexcept
      : confinement_(confinement),
        mounts_(mounts),
        user_(::geteuid()),
        privileged_(sandbox::has_privileges()) {}

  Sight judge_file(const std::string& path);
  Sight judge_folder(const std::string& path);

 private:
  /// `owner_and_mode` is what not_kernel() said of a file that is there.
  Sight judge_by_landlock(const Way& way, std::optional<Sight> owner_and_mode);
  /// What keeps the file from being refused by its owner, its mode and those of
  /// the folders on the way.
  std::optional<Sight> not_kernel(const Way& way);
  /// What keeps it from being refused by Landlock.
  std::optional<Sight> not_self(const Way& way);
  bool is_replaceable(const Step& step);
  bool may_write(const Node& folder);
  std::optional<std::string> kept_elsewhere(const Node& node);

  const sandbox::Confinement& confinement_;
  const sandbox::MountViews& mounts_;
  uid_t user_;
  bool privileged_;
  sandbox::Walker walker_;
  std::unordered_map<const Node*, bool> writable_;
};

Sight Judge::judge_file(const std::string& path) {
  const Way way = walker_.walk(path);
  if (!way.leads_somewhere()) {
    return judge_by_landlock(way, std::nullopt);
  }
  std::optional<Sight> owner_and_mode = not_kernel(way);
  if (!owner_and_mode) {
    return {SightLevel::kernel, SightReason::none, {}};
  }
  return judge_by_landlock(way, std::move(owner_and_mode));
}

Sight Judge::judge_folder(const std::string& path) {
  return judge_by_landlock(walker_.walk(path), std::nullopt);
}

Sight Judge::judge_by_landlock(const Way& way, std::optional<Sight> owner_and_mode) {
  if (!confinement_.holds()) {
    return std::move(owner_and_mode)
        .value_or(Sight{SightLevel::none, SightReason::no_landlock, {}});
  }
  if (std::optional<Sight> landlock = not_self(way)) {
    return *std::move(landlock);
  }
  Sight self = std::move(owner_and_mode).value_or(Sight{});
  self.level = SightLevel::self;
  return self;
}

std::optional<Sight> Judge::not_kernel(const Way& way) {
  const Node& file = way.last();
  if (file.owner == user_) {
    return Sight{SightLevel::none, SightReason::own_file, file.path};
  }
  if (privileged_ || may(file.path, R_OK)) {
    return Sight{SightLevel::none, SightReason::readable_file, file.path};
  }
  if (may(file.path, W_OK)) {
    return Sight{SightLevel::none, SightReason::writable_folder, file.path};
  }
  // The nearest one is the one to name.
  for (const Step& step : way.steps | std::views::reverse) {
    if (is_replaceable(step)) {
      return Sight{SightLevel::none, SightReason::writable_folder, step.folder->path};
    }
  }
  return std::nullopt;
}

bool Judge::is_replaceable(const Step& step) {
  const Node& folder = *step.folder;
  if (folder.owner == user_) {
    return true;
  }
  return ((folder.mode & S_ISVTX) == 0 || step.entry_owner == user_) && may_write(folder);
}

bool Judge::may_write(const Node& folder) {
  const auto [known, is_new] = writable_.try_emplace(&folder, false);
  if (is_new) {
    known->second = may(folder.path, W_OK | X_OK);
  }
  return known->second;
}

std::optional<Sight> Judge::not_self(const Way& way) {
  if (auto kept = confinement_.kept_above(way.ids())) {
    return Sight{SightLevel::none, SightReason::beneath_kept_folder, *std::move(kept)};
  }
  const Node& last = way.last();
  if (!last.is_folder() && last.links > 1) {
    return Sight{SightLevel::none, SightReason::hard_linked, last.path};
  }
  if (auto kept = kept_elsewhere(last)) {
    return Sight{SightLevel::none, SightReason::beneath_kept_folder, *std::move(kept)};
  }
  return std::nullopt;
}

std::optional<std::string> Judge::kept_elsewhere(const Node& node) {
  for (const std::string& path : mounts_.other_paths(node.mount, node.path)) {
    const Way way = walker_.walk(path);
    if (way.leads_somewhere() && way.last().id == node.id) {
      if (auto kept = confinement_.kept_above(way.ids())) {
        return kept;
      }
    }
  }
  return std::nullopt;
}

}  // namespace

Sight judge_sight(const std::string& folder, std::span<const std::string> names,
                  const sandbox::Confinement& confinement, const sandbox::MountViews& mounts) {
  Judge judge(confinement, mounts);
  if (names.empty()) {
    return judge.judge_folder(folder);
  }
  std::vector<Sight> sights;
  sights.reserve(names.size());
  for (const std::string& name : names) {
    sights.push_back(judge.judge_file(sandbox::join(folder, name)));
  }
  return worst(sights);
}

Sight worst(std::span<const Sight> sights) {
  const auto found = std::ranges::min_element(sights, {}, &Sight::level);
  return found == sights.end() ? Sight{} : *found;
}

}  // namespace blindfold::detect
