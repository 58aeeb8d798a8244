#pragma once

#include <sys/types.h>

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/error.hpp"

namespace blindfold::sandbox {

/// An inode: two paths with the same one are the same folder.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  friend bool operator==(const FileId&, const FileId&) = default;
};

/// What the process must still be able to do after it gave the rest up.
struct Plan {
  std::vector<std::string> readable;  ///< folders; those that do not exist are left out
  std::vector<std::string> writable;  ///< folders; readable too
  std::vector<std::string> guarded;   ///< folders in which nothing may be opened
};

/// What the process gave up, for good, for itself and its children.
class Confinement final {
 public:
  /// Whether Landlock holds; where not, `obstacle()` says why.
  [[nodiscard]] bool holds() const noexcept { return abi_ > 0; }
  [[nodiscard]] int abi() const noexcept { return abi_; }
  [[nodiscard]] const std::string& obstacle() const noexcept { return obstacle_; }

  /// The kept folder that is one of `ancestors`, by its path: what lies beneath
  /// it can be opened. Nothing: it cannot, as long as this holds().
  [[nodiscard]] std::optional<std::string> kept_above(std::span<const FileId> ancestors) const;

 private:
  friend base::Result<Confinement> confine(const Plan& plan);
  struct Kept {
    FileId id;
    std::string path;
  };
  int abi_ = 0;
  std::string obstacle_;
  std::vector<Kept> kept_;
};

/// Gives up, for good: every capability, new privileges, being dumped or traced,
/// and (Landlock, all file rights the kernel knows) opening any file that is
/// not beneath a kept folder. A kept folder above a guarded one is replaced by
/// its children without those on the way to it. `stat`, `readlink`, listing
/// and inotify go on working everywhere.
///
/// Before the first thread and the first loop. Fails where a folder kept for
/// writing is guarded or above a guarded one (kind `configuration`), or where
/// capabilities cannot be dropped; a kernel without Landlock is no failure.
[[nodiscard]] base::Result<Confinement> confine(const Plan& plan);

/// The folder that the O_PATH descriptor `fd` is open on and every folder above
/// it, up to the root, across mounts. Where `fd` is a file: its folder and up.
[[nodiscard]] base::Result<std::vector<FileId>> ancestors(int fd);

}  // namespace blindfold::sandbox
