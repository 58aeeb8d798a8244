#include "platform/sandbox/mount_views.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <numeric>
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

bool parse_number(std::string_view field, std::uint64_t& number) {
  const char* const last = field.data() + field.size();
  const auto [end, error] = std::from_chars(field.data(), last, number);
  return error == std::errc{} && end == last;
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
  if (!parse_number(next_field(line), mount.number) ||
      !parse_number(next_field(line), mount.parent)) {
    return false;
  }
  mount.device = next_field(line);
  mount.root = unescaped(next_field(line));
  mount.point = unescaped(next_field(line));
  // Optional fields stand between the mount's options and a lonely hyphen.
  constexpr std::string_view separator = " - ";
  const std::size_t end = line.find(separator);
  if (end != std::string_view::npos) {
    line.remove_prefix(end + separator.size());
    mount.type = unescaped(next_field(line));
  }
  return mount.root.starts_with('/') && mount.point.starts_with('/') && !mount.type.empty();
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
  views.index();
  return views;
}

void MountViews::index() {
  // A number stands there once, unless the mounts change while they are read:
  // then the later line counts.
  std::ranges::reverse(mounts_);
  std::ranges::stable_sort(mounts_, {}, &Mount::number);
  const auto repeated = std::ranges::unique(mounts_, {}, &Mount::number);
  mounts_.erase(repeated.begin(), repeated.end());
  for (Mount& mount : mounts_) {
    if (find(mount.parent) == nullptr) {
      mount.parent = mount.number;
    }
  }
  by_device_.resize(mounts_.size());
  std::iota(by_device_.begin(), by_device_.end(), std::size_t{0});
  by_point_ = by_device_;
  const auto device = [this](std::size_t at) -> const std::string& { return mounts_[at].device; };
  const auto point = [this](std::size_t at) -> const std::string& { return mounts_[at].point; };
  std::ranges::stable_sort(by_device_, {}, device);
  std::ranges::stable_sort(by_point_, {}, point);
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

// What is mounted at `point` of the mount `parent`; with none, what no mount that
// is seen is beneath.
const MountViews::Mount* MountViews::mounted_on(const Mount* parent, std::string_view point) const {
  const auto point_of = [this](std::size_t at) -> std::string_view { return mounts_[at].point; };
  for (const std::size_t at : std::ranges::equal_range(by_point_, point, {}, point_of)) {
    const Mount& mount = mounts_[at];
    const bool first = mount.parent == mount.number;
    if (parent == nullptr ? first : !first && mount.parent == parent->number) {
      return &mount;
    }
  }
  return nullptr;
}

// As the kernel goes: at each name, over what is mounted there on the mount that
// it came from. So what lies beneath a later mount does not count.
std::optional<MountViews::Filesystem> MountViews::filesystem_at(std::string_view path) const {
  const Mount* covering = nullptr;
  for (std::size_t end = 0;; end = std::min(path.find('/', end + 1), path.size())) {
    const std::string_view folder = path.substr(0, std::max(end, std::size_t{1}));
    while (const Mount* const next = mounted_on(covering, folder)) {
      covering = next;
    }
    if (end == path.size()) {
      break;
    }
  }
  return covering == nullptr ? std::nullopt
                             : std::optional(Filesystem{covering->type, covering->device});
}

std::set<std::string_view> MountViews::filesystem_types() const {
  std::set<std::string_view> types;
  for (const Mount& mount : mounts_) {
    types.insert(mount.type);
  }
  return types;
}

}  // namespace blindfold::sandbox
