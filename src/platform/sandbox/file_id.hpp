#pragma once

#include <sys/types.h>

#include <compare>
#include <string>

namespace blindfold::sandbox {

/// An inode: two paths with the same one are the same folder.
struct FileId {
  dev_t device = 0;
  ino_t inode = 0;
  friend auto operator<=>(const FileId&, const FileId&) = default;
};

/// A folder, or a single file, that may still be opened.
struct Kept {
  FileId id;
  std::string path;
};

}  // namespace blindfold::sandbox
