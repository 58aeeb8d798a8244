#include "platform/sandbox/mount_views.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <optional>
#include <utility>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/walker.hpp"

namespace blindfold::sandbox {
namespace {

constexpr std::size_t max_mountinfo = 64U << 20;  // 100,000 mounts (fs.mount-max) of 600 bytes

/// mountinfo writes space, tab, newline and backslash as three octal digits.
std::string unescaped(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned int code = 0;
    if (text[at] == '\\' && at + 3 < text.size() &&
        std::from_chars(&text[at + 1], &text[at + 1] + 3, code, 8).ptr == &text[at + 1] + 3) {
      out += static_cast<char>(code);
      at += 3;
    } else {
      out += text[at];
    }
  }
  return out;
}

std::string_view next_field(std::string_view& line) {
  const std::size_t space = std::min(line.find(' '), line.size());
  const std::string_view field = line.substr(0, space);
  line.remove_prefix(std::min(space + 1, line.size()));
  return field;
}

/// What is left of `path` below `folder`, without a slash in front; nothing
/// where it is not `folder` or below.
std::optional<std::string_view> below(std::string_view folder, std::string_view path) {
  if (folder == "/") {
    return path.substr(1);
  }
  if (!path.starts_with(folder)) {
    return std::nullopt;
  }
  path.remove_prefix(folder.size());
  if (path.empty()) {
    return path;
  }
  return path.front() == '/' ? std::optional(path.substr(1)) : std::nullopt;
}

std::string beneath(std::string_view folder, std::string_view rest) {
  return rest.empty() ? std::string(folder) : join(folder, rest);
}

}  // namespace

bool MountViews::parse_line(std::string_view line, Mount& mount) {
  const std::string_view number = next_field(line);
  const auto [end, error] =
      std::from_chars(number.data(), number.data() + number.size(), mount.number);
  if (error != std::errc{} || end != number.data() + number.size()) {
    return false;
  }
  next_field(line);  // the parent's number
  mount.device = next_field(line);
  mount.root = unescaped(next_field(line));
  mount.point = unescaped(next_field(line));
  return mount.root.starts_with('/') && mount.point.starts_with('/');
}

MountViews MountViews::parse(std::string_view mountinfo) {
  MountViews views;
  while (!mountinfo.empty()) {
    const std::size_t end = std::min(mountinfo.find('\n'), mountinfo.size());
    Mount mount;
    if (parse_line(mountinfo.substr(0, end), mount)) {
      views.mounts_.push_back(std::move(mount));
    }
    mountinfo.remove_prefix(std::min(end + 1, mountinfo.size()));
  }
  std::ranges::sort(views.mounts_, {}, &Mount::number);
  views.by_device_.resize(views.mounts_.size());
  for (std::size_t index = 0; index < views.mounts_.size(); ++index) {
    views.by_device_[index] = index;
  }
  std::ranges::stable_sort(views.by_device_, {}, [&views](std::size_t index) -> const std::string& {
    return views.mounts_[index].device;
  });
  return views;
}

base::Result<MountViews> MountViews::read() {
  const base::UniqueFd fd(::open("/proc/self/mountinfo", O_RDONLY | O_CLOEXEC));
  if (!fd) {
    return std::unexpected(base::system_error(errno, "cannot read /proc/self/mountinfo"));
  }
  std::string text;
  std::array<char, 16384> piece;
  while (text.size() < max_mountinfo) {
    const ssize_t length = ::read(fd.get(), piece.data(), piece.size());
    if (length < 0) {
      return std::unexpected(base::system_error(errno, "cannot read /proc/self/mountinfo"));
    }
    if (length == 0) {
      break;
    }
    text.append(piece.data(), static_cast<std::size_t>(length));
  }
  return parse(text);
}

const MountViews::Mount* MountViews::find(std::uint64_t number) const {
  const auto found = std::ranges::lower_bound(mounts_, number, {}, &Mount::number);
  return found == mounts_.end() || found->number != number ? nullptr : &*found;
}

template <class Take>
void MountViews::each_other(std::uint64_t mount, std::string_view path, Take take) const {
  const Mount* const own = find(mount);
  if (own == nullptr) {
    return;
  }
  const std::optional<std::string_view> rest = below(own->point, path);
  if (!rest) {
    return;
  }
  const std::string inside = beneath(own->root, *rest);  // the path in the file system itself
  const auto device = [this](std::size_t index) -> const std::string& {
    return mounts_[index].device;
  };
  for (const std::size_t index : std::ranges::equal_range(by_device_, own->device, {}, device)) {
    if (mounts_[index].number != mount) {
      take(mounts_[index], inside);
    }
  }
}

std::vector<std::string> MountViews::other_paths(std::uint64_t mount, std::string_view path) const {
  std::vector<std::string> out;
  each_other(mount, path, [&out](const Mount& other, const std::string& inside) {
    if (const auto rest = below(other.root, inside)) {
      out.push_back(beneath(other.point, *rest));
    }
  });
  return out;
}

std::vector<std::string> MountViews::parts_elsewhere(std::uint64_t mount,
                                                     std::string_view path) const {
  std::vector<std::string> out;
  each_other(mount, path, [&out](const Mount& other, const std::string& inside) {
    if (const auto rest = below(inside, other.root); rest && !rest->empty()) {
      out.push_back(other.point);
    }
  });
  return out;
}

}  // namespace blindfold::sandbox
