#include "detect/files/files.hpp"

#include <chrono>
#include <utility>

#include "detect/files/file_requirement.hpp"
#include "detect/files/folder_source.hpp"
#include "detect/files/remote_folder_source.hpp"

namespace blindfold::detect {
namespace {

// How often is looked at what nothing is told of.
constexpr std::chrono::seconds poll_interval{5};

// Without /proc nothing is known to be mounted in two places.
sandbox::MountViews read_mounts() {
  return sandbox::MountViews::read().value_or(sandbox::MountViews());
}

}  // namespace

Files::Files(loop::Loop& loop, const sandbox::Confinement& confinement, Options options)
    : loop_(loop),
      rescan_interval_(options.rescan),
      surroundings_{confinement, options.required_sight, read_mounts()},
      inotify_(loop),
      tree_(loop, inotify_, inotify_.open().has_value()),
      mount_table_(MountTable::read()),
      mounts_(loop, [this]() noexcept { on_mounts_changed(); }),
      rescan_(loop, [this]() noexcept { rescan(); }),
      poll_(loop, [this]() noexcept { look_again(); }) {
  // Without an inotify instance each folder says so, and is polled; without
  // /proc mounts are found by the rescan.
  static_cast<void>(mounts_.start());
  rescan_.start(rescan_interval_);
}

Files::~Files() = default;

void Files::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  const bool remote = mount_table_.is_remote(file_requirement(requirement).folder);
  watched_.push_back({&requirement, remote, make(requirement, remote, std::move(tracker))});
  if (!poll_.active() && watched_.back().source->polled()) {
    poll_.start(poll_interval);
  }
}

std::unique_ptr<Source> Files::make(const model::Requirement& requirement, bool remote,
                                    inventory::Tracker tracker) {
  if (remote) {
    return std::make_unique<RemoteFolderSource>(loop_, file_requirement(requirement),
                                                surroundings_, std::move(tracker));
  }
  return std::make_unique<FolderSource>(loop_, inotify_, tree_, file_requirement(requirement),
                                        surroundings_, std::move(tracker));
}

void Files::on_mounts_changed() noexcept {
  mount_table_ = MountTable::read();
  surroundings_.mounts = read_mounts();
  for (Watched& each : watched_) {
    const bool remote = mount_table_.is_remote(file_requirement(*each.requirement).folder);
    if (remote != each.remote) {
      inventory::Tracker tracker = each.source->release();
      each.source.reset();
      each.source = make(*each.requirement, remote, std::move(tracker));
      each.remote = remote;
    }
  }
  look_again();
}

void Files::rescan() noexcept {
  inotify_.drain();
  look_again();
  rescan_.start(rescan_interval_);
}

// Walking the ways again makes every local source look.
void Files::look_again() noexcept {
  tree_.walk_again();
  bool polled = false;
  for (const Watched& each : watched_) {
    if (each.remote) {
      each.source->look();
    }
    polled = polled || each.source->polled();
  }
  if (polled) {
    poll_.start(poll_interval);
  }
}

}  // namespace blindfold::detect
