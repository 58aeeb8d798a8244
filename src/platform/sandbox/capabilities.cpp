#include "platform/sandbox/capabilities.hpp"

#include <linux/capability.h>
#include <sys/prctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>

namespace blindfold::sandbox {
namespace {

using Sets = std::array<__user_cap_data_struct, _LINUX_CAPABILITY_U32S_3>;

bool get_capabilities(Sets& sets) noexcept {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  return ::syscall(SYS_capget, &header, sets.data()) == 0;
}

bool is_empty(const Sets& sets) noexcept {
  return std::ranges::all_of(sets, [](const __user_cap_data_struct& part) {
    return (part.effective | part.permitted | part.inheritable) == 0;
  });
}

/// Where CAP_SETPCAP is missing this does nothing: no-new-privileges keeps what
/// is executed from gaining what is not permitted now.
void empty_bounding_set() noexcept {
  for (unsigned long capability = 0;; ++capability) {
    const int there = ::prctl(PR_CAPBSET_READ, capability, 0UL, 0UL, 0UL);
    if (there < 0) {
      return;  // beyond the kernel's last one
    }
    if (there == 1 && ::prctl(PR_CAPBSET_DROP, capability, 0UL, 0UL, 0UL) != 0) {
      return;
    }
  }
}

}  // namespace

base::Result<> drop_privileges() {
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1UL, 0UL, 0UL, 0UL) != 0) {
    return std::unexpected(base::system_error(errno, "cannot set no-new-privileges"));
  }
  // EINVAL: a kernel before 4.3, which has no ambient set.
  if (::prctl(PR_CAP_AMBIENT, static_cast<unsigned long>(PR_CAP_AMBIENT_CLEAR_ALL), 0UL, 0UL,
              0UL) != 0 &&
      errno != EINVAL) {
    return std::unexpected(base::system_error(errno, "cannot drop ambient capabilities"));
  }
  empty_bounding_set();
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  Sets sets{};
  if (::syscall(SYS_capset, &header, sets.data()) != 0) {
    return std::unexpected(base::system_error(errno, "cannot drop capabilities"));
  }
  if (!get_capabilities(sets) || !is_empty(sets)) {
    return std::unexpected(base::Error{
        base::ErrorKind::internal, "capabilities were dropped and are still there", {}});
  }
  if (::prctl(PR_SET_DUMPABLE, 0UL, 0UL, 0UL, 0UL) != 0) {
    return std::unexpected(base::system_error(errno, "cannot become not-dumpable"));
  }
  return {};
}

bool has_privileges() noexcept {
  Sets sets{};
  if (!get_capabilities(sets) || !is_empty(sets)) {
    return true;
  }
  uid_t real_user = 0;
  uid_t user = 0;
  uid_t saved_user = 0;
  gid_t real_group = 0;
  gid_t group = 0;
  gid_t saved_group = 0;
  if (::getresuid(&real_user, &user, &saved_user) != 0 ||
      ::getresgid(&real_group, &group, &saved_group) != 0) {
    return true;
  }
  return real_user != user || saved_user != user || real_group != group || saved_group != group;
}

}  // namespace blindfold::sandbox
