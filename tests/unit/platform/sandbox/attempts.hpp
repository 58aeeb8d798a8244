#pragma once

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/confinement.hpp"
#include "support/child.hpp"

namespace blindfold::sandbox::test {

/// 0 where `path` can be opened that way, else the errno.
inline int try_open(const std::string& path, int flags = O_RDONLY) {
  const base::UniqueFd fd(::open(path.c_str(), flags | O_CLOEXEC | O_NONBLOCK, 0600));
  return fd ? 0 : errno;
}

/// What this process keeps in every test, with a configuration's folder.
inline Plan plan_with(std::vector<std::string> readable, std::vector<std::string> writable,
                      std::vector<std::string> guarded) {
  Plan plan{default_readable(), std::move(writable), std::move(guarded)};
  plan.readable.insert(plan.readable.end(), readable.begin(), readable.end());
  return plan;
}

/// Confines the child, which complains where that fails.
inline Confinement confine_or_complain(const Plan& plan,
                                       blindfold::support::Complaints& complaints) {
  base::Result<Confinement> confinement = confine(plan);
  complaints.expect(confinement.has_value(), "confined");
  if (!confinement) {
    complaints.expect(false, confinement.error().what);
    return {};
  }
  return std::move(*confinement);
}

}  // namespace blindfold::sandbox::test
