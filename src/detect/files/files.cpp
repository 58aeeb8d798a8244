#include "detect/files/files.hpp"

#include <algorithm>
#include <chrono>
#include <utility>

#include "detect/files/file_requirement.hpp"
#include "detect/files/remote.hpp"

namespace blindfold::detect {
namespace {

// How often is looked at what nothing is told of.
constexpr std::chrono::seconds poll_interval{5};

// A host of containers mounts many times a second.
constexpr std::chrono::milliseconds mounts_interval{100};

// Without /proc nothing is known of what is mounted.
SharedSurroundings with_mounts(const sandbox::Confinement& confinement,
                               model::RequiredSight required_sight) {
  sandbox::MountViews mounts = sandbox::MountViews::read().value_or(sandbox::MountViews());
  const bool may_hang = has_remote(mounts);
  return std::make_shared<const Surroundings>(
      Surroundings{confinement, required_sight, std::move(mounts), may_hang});
}

}  // namespace

Files::Files(loop::Loop& loop, const sandbox::Confinement& confinement, Options options)
    : rescan_interval_(options.rescan),
      surroundings_(with_mounts(confinement, options.required_sight)),
      inotify_(loop),
      tree_(loop, inotify_, surroundings_),
      remote_looks_(loop),
      queue_(loop, inotify_, [this]() noexcept { on_looked(); }),
      shared_{loop, inotify_, tree_, queue_, remote_looks_, surroundings_},
      mounts_(loop, [this]() noexcept { on_mounts_changed(); }),
      mounts_due_(loop, [this]() noexcept { on_mounts_due(); }),
      rescan_(loop, [this]() noexcept { rescan(); }),
      poll_(loop, [this]() noexcept { poll(); }) {
  // Without /proc mounts are found by the rescan.
  static_cast<void>(mounts_.start());
  rescan_.start(rescan_interval_);
}

Files::~Files() = default;

void Files::watch(const model::Requirement& requirement, inventory::Tracker tracker) {
  sources_.push_back(
      std::make_unique<FolderSource>(shared_, file_requirement(requirement), std::move(tracker)));
  if (!poll_.active() && sources_.back()->polled()) {
    poll_.start(poll_interval);
  }
}

void Files::on_mounts_changed() noexcept {
  if (mounts_due_.active()) {
    mounts_changed_ = true;
  } else {
    look_at_mounts();
  }
}

void Files::look_at_mounts() noexcept {
  surroundings_ = with_mounts(surroundings_->confinement, surroundings_->required_sight);
  look_again();
  mounts_due_.start(mounts_interval);
}

void Files::on_mounts_due() noexcept {
  if (std::exchange(mounts_changed_, false)) {
    look_at_mounts();
  }
}

void Files::rescan() noexcept {
  look_again();
  rescan_.start(rescan_interval_);
}

void Files::look_again() noexcept {
  tree_.expire();
  for (const auto& source : sources_) {
    source->look_again();
  }
}

void Files::give_up() noexcept {
  for (const auto& source : sources_) {
    source->give_up();
  }
}

void Files::poll() noexcept {
  tree_.expire();
  for (const auto& source : sources_) {
    if (source->polled()) {
      source->look_again();
    }
  }
}

void Files::on_looked() noexcept {
  const auto is_polled = [](const auto& source) noexcept { return source->polled(); };
  if (!poll_.active() && std::ranges::any_of(sources_, is_polled)) {
    poll_.start(poll_interval);
  }
}

}  // namespace blindfold::detect
