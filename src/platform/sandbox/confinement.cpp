#include "platform/sandbox/confinement.hpp"

#include <dirent.h>
#include <fcntl.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <utility>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/capabilities.hpp"
#include "platform/sandbox/guard.hpp"
#include "platform/sandbox/keeper.hpp"
#include "platform/sandbox/landlock.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::sandbox {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

/// Landlock restricts the calling thread only.
base::Result<> check_one_thread() {
  const std::unique_ptr<DIR, CloseFolder> tasks(::opendir("/proc/self/task"));
  if (tasks == nullptr) {
    return std::unexpected(base::system_error(errno, "cannot list /proc/self/task"));
  }
  int threads = 0;
  while (const dirent* const entry = ::readdir(tasks.get())) {
    threads += entry->d_name[0] != '.' ? 1 : 0;
  }
  if (threads != 1) {
    return std::unexpected(base::Error{
        base::ErrorKind::internal,
        "the process has " + std::to_string(threads) + " threads, and only one can be restricted",
        {}});
  }
  return {};
}

base::Result<> keep_all(Keeper& keeper, const std::vector<std::string>& paths, Rights rights) {
  for (const std::string& path : paths) {
    if (const base::Result<> kept = keeper.keep(path, rights); !kept) {
      return kept;
    }
  }
  return {};
}

void allow_listing(Ruleset& ruleset) {
  const base::UniqueFd root(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  ruleset.allow(root.get(), Rights::list, true);
}

}  // namespace

std::optional<std::string> Confinement::kept_above(std::span<const FileId> ancestors) const {
  for (const FileId& id : ancestors) {
    const auto found = std::ranges::lower_bound(kept_, id, {}, &Kept::id);
    if (found != kept_.end() && found->id == id) {
      return found->path;
    }
  }
  return std::nullopt;
}

base::Result<> check(const Plan& plan) {
  Walker walker(Freshness::cached);
  return Guard(walker, plan.guarded).check_writable(plan.writable);
}

base::Result<Confinement> confine(const Plan& plan) {
  if (const base::Result<> one = check_one_thread(); !one) {
    return std::unexpected(one.error());
  }
  Walker walker(Freshness::cached);
  Guard guard(walker, plan.guarded);
  if (const base::Result<> apart = guard.check_writable(plan.writable); !apart) {
    return std::unexpected(apart.error());
  }
  Ruleset ruleset;
  allow_listing(ruleset);
  Keeper keeper(walker, guard, ruleset);
  if (const base::Result<> kept = keep_all(keeper, plan.readable, Rights::read); !kept) {
    return std::unexpected(kept.error());
  }
  if (const base::Result<> kept = keep_all(keeper, plan.writable, Rights::write); !kept) {
    return std::unexpected(kept.error());
  }
  if (const base::Result<> dropped = drop_privileges(); !dropped) {
    return std::unexpected(dropped.error());
  }
  ruleset.restrict_self();

  Confinement confinement;
  confinement.abi_ = ruleset.abi();
  confinement.obstacle_ = ruleset.obstacle();
  confinement.kept_ = keeper.take_kept();
  confinement.carved_ = keeper.take_carved();
  return confinement;
}

}  // namespace blindfold::sandbox
