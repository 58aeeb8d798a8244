#include "detect/files/folder_source.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <string_view>
#include <utility>

#include "detect/files/remote.hpp"

namespace blindfold::detect {
namespace {

using std::chrono::milliseconds;

constexpr std::string_view swap_link = "..data";

// Coarse clocks: once more after a look at an mtime that is younger.
constexpr milliseconds once_more{10};

// A near miss that appears is told of soon, not at once: the folder may be busy.
constexpr milliseconds look_soon{100};

constexpr std::uint32_t removal_events = IN_DELETE | IN_MOVED_FROM;

constexpr std::uint32_t entry_events =
    IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE | IN_MODIFY | IN_ATTRIB | removal_events;

// Whether a name that was just created is complete as it is: a symbolic link, or
// a hard link to a file that was there before.
bool is_link(const std::string& path) noexcept {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 && (S_ISLNK(status.st_mode) || status.st_nlink > 1);
}

}  // namespace

FolderSource::LinkedKey::LinkedKey(FolderSource& source, std::string key)
    : source_(source),
      key_(std::move(key)),
      file_(source.tree_, source.requirement_.folder + "/" + key_, Interest{.writes = true},
            *this) {
}

void FolderSource::LinkedKey::on_entry(const loop::InotifyEvent& event) noexcept {
  source_.on_file_entry({event.mask, event.cookie, key_});
}

void FolderSource::LinkedKey::on_way_changed() noexcept {
  source_.look_again();
}

FolderSource::FolderSource(const Shared& shared, FileRequirement requirement,
                           inventory::Tracker tracker)
    : loop_(shared.loop),
      inotify_(shared.inotify),
      tree_(shared.tree),
      surroundings_(shared.surroundings),
      requirement_(std::move(requirement)),
      reporter_(requirement_, surroundings_, std::move(tracker)),
      timer_(loop_, [this]() noexcept { on_due(); }),
      again_(shared.queue, [this]() noexcept { on_again(); }),
      remote_look_(shared.remote_looks,
                   [this](RemoteAnswer* answer) noexcept { on_remote_answer(answer); }),
      folder_(shared.tree, requirement_.folder, {.entry_events = entry_events}, *this) {
  auto found = look();
  if (found && follow(found->links)) {
    found = look();
  }
  if (found) {
    report(*std::move(found));
  }
}

void FolderSource::give_up() noexcept {
  if (remote_look_.running()) {
    reporter_.report_late(loop_.now());
  }
}

bool FolderSource::polled() const noexcept {
  return !remote_device_.empty() || why_polled().has_value();
}

std::optional<model::PollingReason> FolderSource::why_polled() const noexcept {
  auto reason = folder_.polled();
  for (const auto& [key, linked] : linked_) {
    reason = reason ? reason : linked->polled();
  }
  return reason;
}

// Here and now, or nothing: then an answer comes from another thread.
std::optional<FolderLook> FolderSource::look() noexcept {
  const Surroundings& now = *surroundings_;
  const auto remote = now.may_hang ? remote_on_the_way(requirement_, now.mounts) : std::nullopt;
  if (remote) {
    remote_device_ = *remote;
    remote_look_.start(remote_device_, requirement_, surroundings_);
    return std::nullopt;
  }
  remote_device_.clear();
  remote_look_.cancel();
  return look_at(requirement_.folder, requirement_.keys);
}

void FolderSource::look_and_report() noexcept {
  if (auto found = look()) {
    report(*std::move(found));
  }
}

void FolderSource::on_way_changed() noexcept {
  staged_.clear();
  again_.schedule();
}

void FolderSource::on_again() noexcept {
  folder_.renew();
  for (const auto& [key, linked] : linked_) {
    linked->renew();
  }
  reporter_.forget_sight();
  auto found = look();
  if (found && follow(found->links)) {
    found = look();
  }
  if (found && !settles(*found)) {
    report(*std::move(found));
  }
}

// Whether there is one more that is watched from now on.
bool FolderSource::follow(const std::vector<std::string>& links) {
  std::erase_if(linked_, [&links](const auto& each) {
    return std::ranges::find(links, each.first) == links.end();
  });
  const std::size_t before = linked_.size();
  for (const std::string& key : links) {
    if (!linked_.contains(key)) {
      linked_.emplace(key, std::make_unique<LinkedKey>(*this, key));
    }
  }
  return linked_.size() > before;
}

bool FolderSource::follows(const std::vector<std::string>& links) const noexcept {
  return links.size() == linked_.size() &&
         std::ranges::all_of(links, [this](const auto& key) { return linked_.contains(key); });
}

void FolderSource::on_remote_answer(RemoteAnswer* answer) noexcept {
  if (answer == nullptr) {
    reporter_.report_late(loop_.now());
  } else if (std::exchange(settled_, false) || !settles(answer->look)) {
    model::Version version = note(answer->look);
    reporter_.report_remote(std::move(answer->look), std::move(answer->sight), std::move(version),
                            loop_.now());
  }
}

void FolderSource::on_entry(const loop::InotifyEvent& event) noexcept {
  if (event.name.starts_with("..")) {
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
    look_and_report();
  }
}

void FolderSource::on_swap() noexcept {
  std::string staged = std::exchange(staged_, {});
  auto found = look();
  if (!found) {
    return;
  }
  if (!staged.empty() && !found->swapped_to.empty()) {
    const bool seen_before = staged != found->swapped_to && found->swapped_to == reported_;
    if (seen_before) {
      return;
    }
    found->swapped_to = std::move(staged);
  }
  report(*std::move(found));
}

void FolderSource::on_file_entry(const loop::InotifyEvent& event) noexcept {
  const base::SteadyTime now = loop_.now().steady;
  const std::string_view key = requirement_.keys.empty() ? std::string_view() : event.name;
  if (!reported_.empty()) {
    on_link();
    return;
  }
  if ((event.mask & removal_events) != 0) {
    on_removed(key);
    return;
  }
  if ((event.mask & (IN_CREATE | IN_MODIFY | IN_MOVED_TO)) != 0) {
    ++writes_;
  }
  const bool complete = (event.mask & (IN_MOVED_TO | IN_CLOSE_WRITE)) != 0 ||
                        ((event.mask & IN_CREATE) != 0 &&
                         is_link(requirement_.folder + "/" + std::string(event.name)));
  if (complete) {
    settling_.on_complete(key, now);
  } else if ((event.mask & (IN_CREATE | IN_MODIFY)) != 0) {
    settling_.on_write(key, now);
  } else if ((event.mask & IN_ATTRIB) != 0) {
    reporter_.forget_sight();
    if (!settling_.deadline()) {
      look_and_report();
      return;
    }
    settling_.on_change(now);
  }
  settle();
}

// In a swapped volume keys are links, which come and go with a swap. Whether
// there was another since is told by its own event.
void FolderSource::on_link() noexcept {
  if (auto found = look()) {
    if (!found->swapped_to.empty()) {
      found->swapped_to = reported_;
    }
    report(*std::move(found));
  }
}

void FolderSource::on_removed(std::string_view key) noexcept {
  settling_.forget(key);
  if (auto found = look(); found && found->presence != model::Presence::present) {
    report(*std::move(found));
  } else if (requirement_.keys.empty()) {
    settling_.on_change(loop_.now().steady);  // one less
  }
  settle();
}

void FolderSource::on_due() noexcept {
  inotify_.drain();
  const auto deadline = settling_.deadline();
  if (deadline && *deadline > loop_.now().steady) {
    settle();
    return;
  }
  settling_.clear();
  settled_ = true;
  if (auto found = look()) {
    settled_ = false;
    report(*std::move(found));
  }
}

// Whether plain files are still being changed: then they are reported later. The
// times of those that were just changed may not tell another change.
bool FolderSource::settles(const FolderLook& look) noexcept {
  if (!look.swapped_to.empty() || look.presence != model::Presence::present) {
    return false;
  }
  const base::Instant now = loop_.now();
  if (is_young(look, now.system)) {
    settling_.on_change(now.steady);
  }
  settle();
  return settling_.deadline().has_value();
}

void FolderSource::settle() noexcept {
  if (const auto deadline = settling_.deadline()) {
    timer_.start_at(*deadline);
  }
}

void FolderSource::report(FolderLook look) noexcept {
  const base::Instant now = loop_.now();
  model::Version version = note(look);
  if (reported_.empty() && !settling_.deadline() && is_young(look, now.system)) {
    timer_.start(once_more);
  }
  if (!follows(look.links)) {
    again_.schedule();
  }
  reporter_.report(std::move(look), std::move(version), why_polled(), now);
}

model::Version FolderSource::note(const FolderLook& look) noexcept {
  found_all_ = look.presence == model::Presence::present;
  reported_ = look.swapped_to;
  return reported_.empty() ? version_of_files(look, writes_) : model::Version{reported_};
}

}  // namespace blindfold::detect
