#include "detect/files/folder_source.hpp"

#include <chrono>
#include <string_view>
#include <utility>

#include <sys/stat.h>

namespace blindfold::detect {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view swap_link = "..data";

// Coarse clocks: once more after a look at an mtime that is younger.
constexpr milliseconds look_again{10};

// A near miss that appears is told of soon, not at once: the folder may be busy.
constexpr milliseconds look_soon{100};

constexpr std::uint32_t removal_events = IN_DELETE | IN_MOVED_FROM;

constexpr std::uint32_t entry_events = IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY |
                                       IN_ATTRIB | removal_events;

// Whether a name that was just created is complete as it is: a symbolic link, or
// a hard link to a file that was there before.
bool is_link(const std::string& path) noexcept {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0 && (S_ISLNK(status.st_mode) || status.st_nlink > 1);
}

}  // namespace

FolderSource::FolderSource(loop::Loop& loop, loop::Inotify& inotify, FolderTree& tree,
                           FileRequirement requirement, const Surroundings& surroundings, inventory::Tracker tracker)
    : loop_(loop),
      inotify_(inotify),
      requirement_(std::move(requirement)),
      reporter_(requirement_, surroundings, std::move(tracker)),
      timer_(loop, [this]() noexcept { on_due(); }),
      folder_(tree, requirement_.folder, entry_events, *this) {
  look();
}

void FolderSource::look() noexcept {
  if (settling_.deadline()) {
    return;
  }
  report(look_at(requirement_.folder, requirement_.keys));
}

void FolderSource::on_way_changed() noexcept {
  staged_.clear();
  reporter_.forget_sight();
  FolderLook look = look_at(requirement_.folder, requirement_.keys);
  if (look.swapped_to.empty() && look.presence == model::Presence::present) {
    if (is_young(look, loop_.now().system)) {
      settling_.on_change(loop_.now().steady);
    }
    if (settling_.deadline()) {
      settle();
      return;
    }
  }
  report(std::move(look));
}

void FolderSource::on_entry(const loop::InotifyEvent& event) noexcept {
  if ((event.mask & IN_Q_OVERFLOW) != 0) {
    staged_.clear();
  } else if (event.name.starts_with("..")) {
    on_volume_entry(event);
  } else if (requirement_.names(event.name)) {
    on_file_entry(event);
  } else if (!found_all_ && (event.mask & (IN_CREATE | IN_MOVED_TO | removal_events)) != 0 &&
             !timer_.active()) {
    timer_.start(look_soon);
  }
}

void FolderSource::on_volume_entry(const loop::InotifyEvent& event) noexcept {
  if (event.name != swap_link) {
    if ((event.mask & IN_CREATE) != 0 && (event.mask & IN_ISDIR) != 0) {
      staged_ = event.name;
    }
  } else if ((event.mask & IN_MOVED_TO) != 0) {
    on_swap();
  } else if ((event.mask & (IN_CREATE | removal_events)) != 0) {
    report(look_at(requirement_.folder, requirement_.keys));
  }
}

void FolderSource::on_swap() noexcept {
  FolderLook look = look_at(requirement_.folder, requirement_.keys);
  std::string staged = std::exchange(staged_, {});
  if (!staged.empty() && !look.swapped_to.empty()) {
    const bool seen_before = staged != look.swapped_to && look.swapped_to == reported_;
    if (seen_before) {
      return;
    }
    look.swapped_to = std::move(staged);
  }
  report(std::move(look));
}

void FolderSource::on_file_entry(const loop::InotifyEvent& event) noexcept {
  const base::SteadyTime now = loop_.now().steady;
  const std::string_view key = requirement_.keys.empty() ? std::string_view() : event.name;
  if (!reported_.empty()) {
    // In a swapped volume keys are links, which come and go with a swap.
    report(look_at(requirement_.folder, requirement_.keys));
    return;
  }
  if ((event.mask & removal_events) != 0) {
    on_removed(key);
    return;
  }
  if ((event.mask & (IN_CREATE | IN_MODIFY | IN_MOVED_TO)) != 0) {
    ++writes_;
  }
  const bool complete =
      (event.mask & (IN_MOVED_TO | IN_CLOSE_WRITE)) != 0 ||
      ((event.mask & IN_CREATE) != 0 &&
       is_link(requirement_.folder + "/" + std::string(event.name)));
  if (complete) {
    settling_.on_complete(key, now);
  } else if ((event.mask & (IN_CREATE | IN_MODIFY)) != 0) {
    settling_.on_write(key, now);
  } else if ((event.mask & IN_ATTRIB) != 0) {
    reporter_.forget_sight();
    if (!settling_.deadline()) {
      look();
      return;
    }
    settling_.on_change(now);
  }
  settle();
}

void FolderSource::on_removed(std::string_view key) noexcept {
  FolderLook look = look_at(requirement_.folder, requirement_.keys);
  const bool gone = look.presence != model::Presence::present;
  if (gone) {
    settling_.forget(key);
    report(std::move(look));
  }
  settle();
}

void FolderSource::settle() noexcept {
  if (const auto deadline = settling_.deadline()) {
    timer_.start_at(*deadline);
  }
}

void FolderSource::on_due() noexcept {
  inotify_.drain();
  const auto deadline = settling_.deadline();
  if (deadline && *deadline > loop_.now().steady) {
    settle();
    return;
  }
  settling_.clear();
  report(look_at(requirement_.folder, requirement_.keys));
}

void FolderSource::report(FolderLook look) noexcept {
  found_all_ = look.presence == model::Presence::present;
  reported_ = look.swapped_to;
  const base::Instant now = loop_.now();
  if (reported_.empty() && !settling_.deadline() && is_young(look, now.system)) {
    timer_.start(look_again);
  }
  model::Version version = reported_.empty() ? version_of_files(look, writes_)
                                             : model::Version{reported_};
  reporter_.report(std::move(look), std::move(version), folder_.polled(), now);
}

}  // namespace blindfold::detect
