#include "platform/sandbox/landlock.hpp"

#include <linux/landlock.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>

#include "platform/base/error.hpp"

namespace blindfold::sandbox {
namespace {

// Newer than Debian 12's <linux/landlock.h>, which ends at REFER; from the
// kernel's Documentation/userspace-api/landlock.rst.
constexpr std::uint64_t right_truncate = 1ULL << 14;   // since ABI 3
constexpr std::uint64_t right_ioctl_dev = 1ULL << 15;  // since ABI 5

constexpr std::uint64_t rights_read =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_READ_DIR | LANDLOCK_ACCESS_FS_EXECUTE;
/// The only rights that a rule on something else than a folder may carry.
constexpr std::uint64_t rights_of_file =
    LANDLOCK_ACCESS_FS_READ_FILE | LANDLOCK_ACCESS_FS_WRITE_FILE | LANDLOCK_ACCESS_FS_EXECUTE |
    right_truncate | right_ioctl_dev;

constexpr std::uint64_t known_rights(int abi) noexcept {
  std::uint64_t rights = (LANDLOCK_ACCESS_FS_MAKE_SYM << 1) - 1;  // ABI 1: all up to this one
  if (abi >= 2) {
    rights |= LANDLOCK_ACCESS_FS_REFER;
  }
  if (abi >= 3) {
    rights |= right_truncate;
  }
  if (abi >= 5) {
    rights |= right_ioctl_dev;
  }
  return rights;
}

}  // namespace

Ruleset::Ruleset() noexcept {
  const long abi =
      ::syscall(SYS_landlock_create_ruleset, nullptr, 0UL, LANDLOCK_CREATE_RULESET_VERSION);
  if (abi < 0) {
    fail("landlock_create_ruleset", errno);
    return;
  }
  abi_ = static_cast<int>(abi);
  handled_ = known_rights(abi_);
  // Only the first field, which every version has; the size says so.
  const landlock_ruleset_attr attributes{.handled_access_fs = handled_};
  const long fd = ::syscall(SYS_landlock_create_ruleset, &attributes, sizeof(handled_), 0U);
  if (fd < 0) {
    fail("landlock_create_ruleset", errno);
    return;
  }
  fd_ = base::UniqueFd(static_cast<int>(fd));
}

void Ruleset::fail(const char* call, int error_number) noexcept {
  failed_call_ = call;
  error_number_ = error_number;
  fd_.close();
}

void Ruleset::allow(int fd, Rights rights, bool is_folder) noexcept {
  if (!fd_) {
    return;
  }
  std::uint64_t allowed = handled_;
  if (rights == Rights::list) {
    allowed = LANDLOCK_ACCESS_FS_READ_DIR;
  } else if (rights == Rights::read) {
    allowed = rights_read;
  }
  if (!is_folder) {
    allowed &= rights_of_file;
  }
  const landlock_path_beneath_attr beneath{.allowed_access = allowed & handled_, .parent_fd = fd};
  if (::syscall(SYS_landlock_add_rule, fd_.get(), LANDLOCK_RULE_PATH_BENEATH, &beneath, 0U) != 0) {
    fail("landlock_add_rule", errno);
  }
}

void Ruleset::restrict_self() noexcept {
  if (!fd_) {
    return;
  }
  if (::syscall(SYS_landlock_restrict_self, fd_.get(), 0U) != 0) {
    fail("landlock_restrict_self", errno);
    return;
  }
  fd_.close();
}

std::string Ruleset::obstacle() const {
  if (failed_call_ == nullptr) {
    return {};
  }
  std::string text = base::system_error(error_number_, failed_call_).what;
  switch (error_number_) {
    case ENOSYS:
      text += "; this kernel has no Landlock: use Linux 5.13 or later, built with it";
      break;
    case EOPNOTSUPP:
      text += "; Landlock is off: add landlock to the list lsm= on the kernel's command line";
      break;
    case EPERM:
    case EACCES:
      text += "; a system call filter refuses it: let the three landlock_ calls through";
      break;
    case E2BIG:
      text += "; the process is restricted by Landlock as often as the kernel allows already";
      break;
    default:
      break;
  }
  return text;
}

}  // namespace blindfold::sandbox
