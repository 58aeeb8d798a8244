#include "platform/helper/executable.hpp"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <filesystem>
#include <optional>
#include <utility>
#include <vector>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/capabilities.hpp"
#include "platform/sandbox/file_id.hpp"

namespace blindfold::helper {
namespace {

using sandbox::FileId;

constexpr int most_links = 40;  // as the kernel, path_resolution(7)

/// A name on the way: what it names, and the folder in which it stands.
struct Step {
  int folder;
  const struct stat& folder_status;
  const std::string& name;
  const struct stat& status;
};

/// Whether the restricted agent could change what a name on the way leads to.
class Judge final {
 public:
  explicit Judge(const Writable& writable)
      : landlock_(writable.landlock), trust_access_(!sandbox::has_privileges()) {
    for (const std::string& path : writable.kept) {
      struct stat status{};
      if (::stat(path.c_str(), &status) == 0) {
        kept_.push_back({status.st_dev, status.st_ino});
      }
    }
    std::array<gid_t, NGROUPS_MAX> groups{};
    const int count = ::getgroups(static_cast<int>(groups.size()), groups.data());
    groups_.assign(groups.begin(), groups.begin() + std::max(count, 0));
    groups_.push_back(::getegid());
  }

  [[nodiscard]] bool can_change(const Step& step) const noexcept {
    if (landlock_) {
      return is_kept(step.folder_status) || is_kept(step.status);
    }
    return can_replace(step) || (S_ISREG(step.status.st_mode) && can_write(step));
  }

 private:
  [[nodiscard]] bool is_kept(const struct stat& status) const noexcept {
    return std::ranges::find(kept_, FileId{status.st_dev, status.st_ino}) != kept_.end();
  }

  /// An owner may change the mode first.
  [[nodiscard]] bool by_mode(const struct stat& status) const noexcept {
    return status.st_uid == ::geteuid() || (status.st_mode & S_IWOTH) != 0 ||
           ((status.st_mode & S_IWGRP) != 0 &&
            std::ranges::find(groups_, status.st_gid) != groups_.end());
  }

  /// Access lists. Capabilities, which the agent will not have, count there.
  [[nodiscard]] bool by_access(int folder, const char* name) const noexcept {
    return trust_access_ && ::faccessat(folder, name, W_OK, AT_EACCESS) == 0;
  }

  static bool is_read_only(int folder) noexcept {
    struct statvfs system{};
    return ::fstatvfs(folder, &system) == 0 && (system.f_flag & ST_RDONLY) != 0;
  }

  [[nodiscard]] bool can_replace(const Step& step) const noexcept {
    const struct stat& folder = step.folder_status;
    const bool only_own = (folder.st_mode & S_ISVTX) != 0 && folder.st_uid != ::geteuid() &&
                          step.status.st_uid != ::geteuid();
    return !only_own && (by_mode(folder) || by_access(step.folder, ".")) &&
           !is_read_only(step.folder);
  }

  [[nodiscard]] bool can_write(const Step& step) const noexcept {
    return (by_mode(step.status) || by_access(step.folder, step.name.c_str())) &&
           !is_read_only(step.folder);
  }

  bool landlock_;
  bool trust_access_;
  std::vector<FileId> kept_;
  std::vector<gid_t> groups_;
};

/// Follows a path name by name, as the kernel does.
class Walk final {
 public:
  explicit Walk(std::string_view path) : folder_(open_root()) { push(path); }

  /// Whether the judge refuses a name on the way; an error where the path leads
  /// nowhere.
  base::Result<bool> leads_past(const Judge& judge) {
    while (!names_.empty()) {
      const std::string name = std::move(names_.back());
      names_.pop_back();
      const base::Result<bool> refused = step(name, judge);
      if (!refused || *refused) {
        return refused;
      }
    }
    return false;
  }

 private:
  static base::UniqueFd open_root() noexcept {
    return base::UniqueFd(::open("/", O_PATH | O_DIRECTORY | O_CLOEXEC));
  }

  /// The names of a path, the first one on top.
  void push(std::string_view path) {
    while (!path.empty()) {
      const std::size_t slash = path.rfind('/');
      const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
      if (!name.empty() && name != ".") {
        names_.emplace_back(name);
      }
      path = path.substr(0, slash == std::string_view::npos ? 0 : slash);
    }
  }

  base::Result<bool> step(const std::string& name, const Judge& judge) {
    base::UniqueFd next(::openat(folder_.get(), name.c_str(), O_PATH | O_NOFOLLOW | O_CLOEXEC));
    struct stat folder_status{};
    struct stat status{};
    if (!next || ::fstat(next.get(), &status) != 0 || ::fstat(folder_.get(), &folder_status) != 0) {
      return std::unexpected(base::system_error(errno, name));
    }
    if (judge.can_change({folder_.get(), folder_status, name, status})) {
      return true;
    }
    if (!S_ISLNK(status.st_mode)) {
      folder_ = std::move(next);
      return false;
    }
    return follow(next.get(), name);
  }

  base::Result<bool> follow(int link, const std::string& name) {
    std::array<char, PATH_MAX> target{};
    const ssize_t length = ::readlinkat(link, "", target.data(), target.size());
    if (length <= 0 || ++links_ > most_links) {
      return std::unexpected(base::system_error(length < 0 ? errno : ELOOP, name));
    }
    if (target.front() == '/') {
      folder_ = open_root();
    }
    push({target.data(), static_cast<std::size_t>(length)});
    return false;
  }

  base::UniqueFd folder_;
  std::vector<std::string> names_;
  int links_ = 0;
};

bool is_executable_file(const std::string& path) noexcept {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) &&
         ::faccessat(AT_FDCWD, path.c_str(), X_OK, AT_EACCESS) == 0;
}

}  // namespace

base::Result<std::string> find_executable(const std::string& command,
                                          std::string_view search_path) {
  if (command.find('/') != std::string::npos) {
    std::error_code error;
    const std::filesystem::path path = std::filesystem::absolute(command, error);
    if (error) {
      return std::unexpected(base::system_error(error.value(), command));
    }
    return path.string();
  }
  while (!search_path.empty() && !command.empty()) {
    const std::string_view folder = search_path.substr(0, search_path.find(':'));
    search_path.remove_prefix(std::min(folder.size() + 1, search_path.size()));
    std::string path = std::string(folder) + '/' + command;
    if (folder.starts_with('/') && is_executable_file(path)) {
      return path;
    }
  }
  return std::unexpected(base::Error{base::ErrorKind::missing,
                                     "there is no command \"" + command + "\" in PATH",
                                     "install it, or give its whole path"});
}

base::Result<> check_not_writable(const std::string& path, const Writable& writable) {
  const base::Result<bool> refused = Walk(path).leads_past(Judge(writable));
  if (!refused) {
    return std::unexpected(base::Error{refused.error().kind, path + ": " + refused.error().what,
                                       refused.error().hint});
  }
  if (*refused) {
    return std::unexpected(base::Error{
        base::ErrorKind::denied, path + ": not run, since the agent itself could replace it",
        "keep it where only root may write, /usr/local/bin for one"});
  }
  return {};
}

}  // namespace blindfold::helper
