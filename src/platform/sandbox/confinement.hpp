#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "platform/base/error.hpp"
#include "platform/sandbox/file_id.hpp"

namespace blindfold::sandbox {

/// What the process must still be able to do after it gave the rest up. Paths
/// are absolute; symbolic links in them are followed once, when they are kept.
struct Plan {
  /// Folders, or single files (which are lost once replaced by a rename); those
  /// that do not exist are left out.
  std::vector<std::string> readable;
  /// The same, readable too. One beneath a guarded folder stays.
  std::vector<std::string> writable;
  /// Folders in which nothing may be opened; they need not exist yet.
  std::vector<std::string> guarded;
};

/// What the process gave up, for good, for itself and its children.
class Confinement final {
 public:
  /// Whether Landlock holds; where not, `obstacle()` says why and what to do.
  [[nodiscard]] bool holds() const noexcept { return abi_ > 0; }
  [[nodiscard]] int abi() const noexcept { return abi_; }
  [[nodiscard]] const std::string& obstacle() const noexcept { return obstacle_; }

  /// The kept folder (or single file) that is one of `ancestors`, by its path:
  /// what lies beneath it can be opened. Nothing: it cannot, as long as this
  /// holds(). A file that was mounted or hard-linked elsewhere has other
  /// ancestors there: see MountViews.
  [[nodiscard]] std::optional<std::string> kept_above(std::span<const FileId> ancestors) const;

  /// Kept folders above guarded ones, of which only what was there at the time
  /// is kept: a file there that is replaced by a rename cannot be opened any
  /// more (/etc/resolv.conf where /etc is one of them).
  [[nodiscard]] const std::vector<std::string>& carved() const noexcept { return carved_; }

 private:
  friend base::Result<Confinement> confine(const Plan& plan);
  int abi_ = 0;
  std::string obstacle_;
  std::vector<Kept> kept_;  ///< by id
  std::vector<std::string> carved_;
};

/// Gives up, for good: every capability, new privileges, being dumped or traced,
/// and (Landlock, all file rights the kernel knows) opening any file that is
/// not beneath a kept folder. A kept folder above a guarded one is replaced by
/// its children without those on the way to it; one that is guarded, or beneath
/// a guarded one, is not kept for reading. A guarded folder that is mounted
/// elsewhere too is guarded there as well. `stat`, `readlink`, listing and
/// inotify go on working everywhere.
///
/// Before the first thread (else `internal`: threads that are there already
/// would keep all rights) and with every descriptor of a secret closed. Fails
/// as check() does, and where capabilities cannot be dropped; a kernel without
/// Landlock is no failure.
[[nodiscard]] base::Result<Confinement> confine(const Plan& plan);

/// What confine() would refuse, without giving anything up: a folder kept for
/// writing that is guarded or above a guarded one (kind `configuration`).
[[nodiscard]] base::Result<> check(const Plan& plan);

/// What every process of ours goes on reading: libraries, names and
/// certificates, /proc, /dev/null and the folder where /etc/resolv.conf leads.
[[nodiscard]] std::vector<std::string> default_readable();

/// The folder that the O_PATH descriptor `fd` is open on and every folder above
/// it, up to the root, across mounts. Where `fd` is a file: the file, its folder
/// and up.
[[nodiscard]] base::Result<std::vector<FileId>> ancestors(int fd);

}  // namespace blindfold::sandbox
