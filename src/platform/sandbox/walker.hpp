#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "platform/sandbox/file_id.hpp"

namespace blindfold::sandbox {

/// What `statx` says of an inode, without a size or a time.
struct Node {
  std::string path;  ///< real: no symbolic links, no "..", as seen when it was looked at
  FileId id;
  mode_t mode = 0;  ///< type and permission bits
  uid_t owner = 0;
  gid_t group = 0;
  std::uint32_t links = 0;
  std::uint64_t mount = 0;  ///< the mount's number in mountinfo; 0: not known (before Linux 5.8)

  [[nodiscard]] bool is_folder() const noexcept;
};

/// One name that was looked up on a way: `entry_owner` owns what it names.
struct Step {
  const Node* folder;
  uid_t entry_owner;
};

/// Where a path leads.
struct Way {
  /// The real folders from the root down to what the path leads to; the last
  /// one is what it leads to, or the folder of `file`, or, where there is an
  /// error, the last one that is there.
  std::vector<const Node*> folders;
  std::optional<Node> file;          ///< what it leads to, where that is no folder
  std::vector<Step> steps;           ///< every name that was looked up, those in symbolic links too
  int error_number = 0;              ///< 0, or why it leads nowhere
  std::vector<std::string> rest;     ///< with an error: the names that would lead on
  std::optional<FileId> in_the_way;  ///< with ENOTDIR: the file that is not a folder

  [[nodiscard]] bool leads_somewhere() const noexcept { return error_number == 0; }
  [[nodiscard]] const Node& last() const noexcept { return file ? *file : *folders.back(); }
  /// The ids of `last()` and every folder above it, nearest first.
  [[nodiscard]] std::vector<FileId> ids() const;
};

/// Whether a file system that asks another machine or a process is asked
/// again, or the kernel's memory of it will do (AT_STATX_DONT_SYNC, statx(2)):
/// that tells which inode it is, and does not wait for one that hangs.
enum class Freshness : std::uint8_t { asked, cached };

/// Follows paths name by name, as the kernel does, and remembers the folders it
/// has seen: for one round of questions, as it never looks twice. The nodes
/// that a Way points to live as long as the walker. Opens nothing.
class Walker final {
 public:
  explicit Walker(Freshness freshness = Freshness::asked) noexcept : freshness_(freshness) {}
  Walker(const Walker&) = delete;
  Walker& operator=(const Walker&) = delete;
  Walker(Walker&&) = delete;
  Walker& operator=(Walker&&) = delete;
  ~Walker() = default;

  /// `path` is absolute; a relative one is taken from the root.
  [[nodiscard]] Way walk(std::string_view path);

 private:
  const Node& root();
  const Node* remembered(const std::string& path) const;

  Freshness freshness_;
  std::unordered_map<std::string, Node> folders_;
};

/// What stands at `path`, symbolic links not followed; an errno where nothing does.
[[nodiscard]] std::optional<Node> look(const std::string& path, Freshness freshness,
                                       int& error_number);

/// "FOLDER/NAME", without a double slash below the root.
[[nodiscard]] std::string join(std::string_view folder, std::string_view name);

}  // namespace blindfold::sandbox
