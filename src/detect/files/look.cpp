#include "detect/files/look.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <memory>
#include <optional>
#include <string_view>

#include "detect/files/near_miss.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::detect {
namespace {

// A volume that is swapped during so many looks in a row is told of as it seems.
constexpr int most_swaps = 100;

constexpr std::chrono::milliseconds young_age{10};

// Comparing a key with a long listing takes a while, on the loop.
constexpr std::size_t most_suggestions = 5;

struct DirectoryCloser {
  void operator()(DIR* directory) const noexcept { ::closedir(directory); }
};

// The folder that is missing where `path` is: with a link that leads nowhere, the
// first one that is missing where it leads.
std::string first_missing(const std::string& path) {
  sandbox::Walker walker;
  const sandbox::Way way = walker.walk(path);
  return way.leads_somewhere() || way.rest.empty()
             ? path
             : sandbox::join(way.folders.back()->path, way.rest.front());
}

bool is_link(const std::string& path) noexcept {
  struct stat status{};
  return ::lstat(path.c_str(), &status) == 0 && S_ISLNK(status.st_mode);
}

// Why `path` could not be reached: the first folder on the way that is missing,
// is none, or may not be searched.
model::Detail explain(const std::string& path, int error_number) {
  struct stat above{};
  std::string reached = "/";
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string prefix = path.substr(0, end);
    struct stat status{};
    if (::stat(reached.c_str(), &above) != 0) {
      break;
    }
    if (::stat(prefix.c_str(), &status) != 0) {
      if (errno == EACCES) {
        return model::FolderDenied{reached, above.st_mode & 07777U, above.st_uid, above.st_gid,
                                   false};
      }
      if (errno == ENOENT) {
        return model::FolderMissing{is_link(prefix) ? first_missing(prefix) : prefix};
      }
      if (errno == ELOOP || errno == ENOTDIR) {
        return model::NotAFolder{prefix};
      }
      break;
    }
    if (!S_ISDIR(status.st_mode)) {
      return model::NotAFolder{prefix};
    }
    if (end == std::string::npos) {
      // It is there by now, or the failure was within it.
      if (error_number == EACCES) {
        return model::FolderDenied{prefix, status.st_mode & 07777U, status.st_uid, status.st_gid,
                                   false};
      }
      break;
    }
    reached = prefix;
  }
  return model::LookFailed{path, error_number};
}

// A name that the file system does not take is one that it does not have.
bool cannot_exist(int error_number) noexcept {
  return error_number == ENAMETOOLONG || error_number == EINVAL || error_number == EILSEQ;
}

model::Presence presence_of(const model::Detail& reason) noexcept {
  if (std::holds_alternative<model::FolderDenied>(reason)) {
    return model::Presence::denied;
  }
  if (const auto* const failed = std::get_if<model::LookFailed>(&reason)) {
    return cannot_exist(failed->error_number) ? model::Presence::missing
                                              : model::Presence::unreachable;
  }
  return model::Presence::missing;
}

FolderLook no_folder(const std::string& folder, int error_number) {
  FolderLook look;
  look.details.push_back(explain(folder, error_number));
  look.presence = presence_of(look.details.back());
  return look;
}

// The errno that keeps us from looking into `folder`, or 0.
int obstacle_of(const std::string& folder) noexcept {
  struct stat status{};
  if (::stat(folder.c_str(), &status) != 0) {
    return errno;
  }
  if (!S_ISDIR(status.st_mode)) {
    return ENOTDIR;
  }
  return ::faccessat(AT_FDCWD, folder.c_str(), X_OK, AT_EACCESS) != 0 ? errno : 0;
}

class KeyCounts final {
 public:
  void there(bool something) noexcept { something ? ++full_ : ++empty_; }
  void not_there() noexcept { ++missing_; }
  void may_not_look() noexcept { ++denied_; }
  void failed() noexcept { ++failed_; }

  [[nodiscard]] model::Presence presence() const noexcept {
    if (denied_ > 0) {
      return model::Presence::denied;
    }
    if (failed_ > 0) {
      return model::Presence::unreachable;
    }
    if (missing_ > 0) {
      return full_ + empty_ > 0 ? model::Presence::incomplete : model::Presence::missing;
    }
    return empty_ > 0 ? model::Presence::empty : model::Presence::present;
  }

  // Where no keys are named, any entry that holds something will do.
  [[nodiscard]] model::Presence presence_of_any() const noexcept {
    if (full_ > 0) {
      return model::Presence::present;
    }
    if (denied_ > 0) {
      return model::Presence::denied;
    }
    if (failed_ > 0) {
      return model::Presence::unreachable;
    }
    return empty_ > 0 ? model::Presence::empty : model::Presence::missing;
  }

 private:
  std::size_t full_ = 0;
  std::size_t empty_ = 0;
  std::size_t missing_ = 0;
  std::size_t denied_ = 0;
  std::size_t failed_ = 0;
};

FileStamp stamp(std::string name, const struct statx& status) {
  return FileStamp{
      .name = std::move(name),
      .device = makedev(status.stx_dev_major, status.stx_dev_minor),
      .inode = status.stx_ino,
      .modified_ns = status.stx_mtime.tv_sec * 1'000'000'000 + status.stx_mtime.tv_nsec,
      .owner = status.stx_uid,
      .group = status.stx_gid,
      .mode = status.stx_mode,
      .links = status.stx_nlink,
      .mount_root = (status.stx_attributes & STATX_ATTR_MOUNT_ROOT) != 0,
  };
}

void look_at_key(const std::string& path, const std::string& key, FolderLook& look,
                 KeyCounts& counts) {
  struct statx status{};
  constexpr unsigned wanted = STATX_TYPE | STATX_MODE | STATX_NLINK | STATX_UID | STATX_GID |
                              STATX_MTIME | STATX_INO | STATX_SIZE;
  if (::statx(AT_FDCWD, path.c_str(), AT_STATX_SYNC_AS_STAT, wanted, &status) != 0) {
    if (errno == EACCES) {
      counts.may_not_look();
      look.details.emplace_back(model::KeyDenied{key});
    } else if (errno == ENOENT || errno == ENOTDIR) {
      counts.not_there();
      look.details.emplace_back(model::KeyMissing{key, {}});
    } else if (errno == ELOOP) {
      counts.not_there();
      look.details.emplace_back(model::KeyNotAFile{key});
    } else if (cannot_exist(errno)) {
      counts.not_there();
      look.details.emplace_back(model::LookFailed{path, errno});
    } else {
      counts.failed();
      look.details.emplace_back(model::LookFailed{path, errno});
    }
    return;
  }
  if (!S_ISREG(status.stx_mode)) {
    counts.not_there();
    look.details.emplace_back(model::KeyNotAFile{key});
    return;
  }
  const bool something = status.stx_size > 0;
  counts.there(something);
  if (!something) {
    look.details.emplace_back(model::KeyEmpty{key});
  }
  look.files.push_back(stamp(key, status));
}

void note_link(const std::string& path, const std::string& key, FolderLook& look) {
  char target = 0;
  if (::readlink(path.c_str(), &target, 1) > 0) {
    look.links.push_back(key);
  }
}

void suggest(const std::string& folder, FolderLook& look) {
  const auto entries = list(folder);
  if (!entries) {
    return;
  }
  std::size_t left = most_suggestions;
  for (model::Detail& detail : look.details) {
    auto* const missing = std::get_if<model::KeyMissing>(&detail);
    if (missing != nullptr && left > 0) {
      missing->near_miss = near_miss(missing->key, *entries);
      --left;
    }
  }
}

FolderLook look_at_keys(const std::string& folder, const std::vector<std::string>& keys) {
  FolderLook look;
  KeyCounts counts;
  std::string path = folder + "/";
  const std::size_t prefix = path.size();
  for (const std::string& key : keys) {
    path.resize(prefix);
    path += key;
    look_at_key(path, key, look, counts);
    note_link(path, key, look);
  }
  look.presence = counts.presence();
  if (look.files.size() == keys.size()) {
    return look;
  }
  if (const int obstacle = obstacle_of(folder); obstacle != 0) {
    return no_folder(folder, obstacle);
  }
  suggest(folder, look);
  return look;
}

// Whether what is said of one of a folder's entries is why all of it is `presence`.
bool says_why(const model::Detail& detail, model::Presence presence) noexcept {
  switch (presence) {
    case model::Presence::denied:
      return std::holds_alternative<model::KeyDenied>(detail);
    case model::Presence::unreachable:
      return std::holds_alternative<model::LookFailed>(detail);
    case model::Presence::empty:
      return std::holds_alternative<model::KeyEmpty>(detail);
    default:
      return false;
  }
}

FolderLook look_at_any(const std::string& folder) {
  FolderLook look;
  const auto entries = list(folder);
  if (!entries) {
    FolderLook denied = no_folder(folder, errno);
    if (auto* const reason = std::get_if<model::FolderDenied>(&denied.details.back())) {
      reason->listing = reason->folder == folder;
    }
    return denied;
  }
  KeyCounts counts;
  for (const std::string& entry : *entries) {
    const std::string path = folder + "/" + entry;
    look_at_key(path, entry, look, counts);
    note_link(path, entry, look);
  }
  look.presence = counts.presence_of_any();
  std::erase_if(look.details,
                [&look](const model::Detail& detail) { return !says_why(detail, look.presence); });
  if (look.details.size() > 1) {
    look.details.erase(look.details.begin() + 1, look.details.end());
  }
  if (look.presence == model::Presence::missing) {
    look.details = {model::NoEntries{}};
  }
  return look;
}

FolderLook look_once(const std::string& folder, const std::vector<std::string>& keys) {
  FolderLook look = keys.empty() ? look_at_any(folder) : look_at_keys(folder, keys);
  if (!look.files.empty()) {
    look.swapped_to = read_swap(folder);
  }
  if (!look.swapped_to.empty()) {
    look.links.clear();  // they come with a swap
  }
  return look;
}

}  // namespace

std::optional<std::vector<std::string>> list(const std::string& folder) {
  const std::unique_ptr<DIR, DirectoryCloser> directory(::opendir(folder.c_str()));
  if (directory == nullptr) {
    return std::nullopt;
  }
  std::vector<std::string> names;
  for (std::size_t read = 0; read < listing_limit; ++read) {
    const dirent* const entry = ::readdir(directory.get());
    if (entry == nullptr) {
      break;
    }
    const std::string_view name(entry->d_name);
    if (name != "." && !name.starts_with("..")) {
      names.emplace_back(name);
    }
  }
  std::ranges::sort(names);
  return names;
}

FolderLook look_at(const std::string& folder, const std::vector<std::string>& keys) {
  FolderLook look = look_once(folder, keys);
  // Whoever goes through `..data` while it is swapped and the old folder removed
  // finds nothing: only what was found between two swaps counts.
  for (int swaps = 0; look.presence != model::Presence::present && swaps < most_swaps; ++swaps) {
    const std::string before = read_swap(folder);
    if (before.empty()) {
      break;
    }
    look = look_once(folder, keys);
    if (read_swap(folder) == before) {
      break;
    }
  }
  return look;
}

std::string read_swap(const std::string& folder) {
  std::array<char, NAME_MAX + 1> target{};
  const ssize_t length = ::readlink((folder + "/..data").c_str(), target.data(), target.size());
  if (length <= 0 || static_cast<std::size_t>(length) >= target.size()) {
    return {};
  }
  return {target.data(), static_cast<std::size_t>(length)};
}

bool is_young(const FolderLook& look, base::SystemTime now) noexcept {
  const auto now_ns = std::chrono::nanoseconds(now.time_since_epoch()).count();
  return std::ranges::any_of(look.files, [now_ns](const FileStamp& file) {
    const std::int64_t age = now_ns - file.modified_ns;
    return age >= 0 && age < std::chrono::nanoseconds(young_age).count();
  });
}

}  // namespace blindfold::detect
