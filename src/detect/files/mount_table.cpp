#include "detect/files/mount_table.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>

#include "platform/base/unique_fd.hpp"

namespace blindfold::detect {
namespace {

constexpr std::size_t longest_mountinfo = 16U << 20U;

constexpr std::array<std::string_view, 18> remote_types{
    "9p",    "afs",   "beegfs", "ceph",  "cifs",   "coda", "fuse",     "fuseblk", "gfs2",
    "glusterfs", "lustre", "ncpfs", "nfs", "nfs4", "ocfs2", "smb3", "smbfs", "virtiofs"};

bool is_remote_type(std::string_view type) noexcept {
  return type.starts_with("fuse.") || std::ranges::find(remote_types, type) != remote_types.end();
}

// Spaces, tabs, newlines and backslashes stand as \040, \011, \012 and \134.
std::string unescape(std::string_view field) {
  std::string text;
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (field[i] == '\\' && i + 3 < field.size()) {
      int code = 0;
      for (std::size_t digit = 1; digit <= 3; ++digit) {
        code = code * 8 + (field[i + digit] - '0');
      }
      text += static_cast<char>(code);
      i += 3;
    } else {
      text += field[i];
    }
  }
  return text;
}

std::string_view take_field(std::string_view& line) noexcept {
  const std::size_t end = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, end);
  line.remove_prefix(std::min(end + 1, line.size()));
  return field;
}

bool is_beneath(std::string_view path, std::string_view folder) noexcept {
  return folder == "/" || (path.starts_with(folder) &&
                           (path.size() == folder.size() || path[folder.size()] == '/'));
}

}  // namespace

MountTable MountTable::parse(std::string_view mountinfo) {
  MountTable table;
  while (!mountinfo.empty()) {
    const std::size_t end = std::min(mountinfo.find('\n'), mountinfo.size());
    std::string_view line = mountinfo.substr(0, end);
    mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
    for (int skipped = 0; skipped < 4; ++skipped) {
      take_field(line);
    }
    const std::string_view point = take_field(line);
    const std::size_t separator = line.find(" - ");
    if (point.empty() || separator == std::string_view::npos) {
      continue;
    }
    line.remove_prefix(separator + 3);
    table.mounts_.push_back({unescape(point), is_remote_type(take_field(line))});
  }
  return table;
}

MountTable MountTable::read() {
  const base::UniqueFd file(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC));
  std::string text;
  std::array<char, 65536> chunk;
  while (file && text.size() < longest_mountinfo) {
    const ssize_t length = ::read(file.get(), chunk.data(), chunk.size());
    if (length <= 0) {
      break;
    }
    text.append(chunk.data(), static_cast<std::size_t>(length));
  }
  return parse(text);
}

bool MountTable::is_remote(std::string_view path) const noexcept {
  const Mount* covering = nullptr;
  for (const Mount& mount : mounts_) {
    if (is_beneath(path, mount.point) &&
        (covering == nullptr || mount.point.size() >= covering->point.size())) {
      covering = &mount;
    }
  }
  return covering != nullptr && covering->remote;
}

}  // namespace blindfold::detect
