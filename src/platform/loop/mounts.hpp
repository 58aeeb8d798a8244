#pragma once

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/deferred.hpp"
#include "platform/loop/loop.hpp"
#include "platform/loop/poll.hpp"

namespace blindfold::loop {

/// Calls back whenever something was mounted or unmounted in the process's
/// mount namespace, which inotify does not tell: POLLPRI on
/// /proc/self/mountinfo (proc(5)). Changes that come close may be one call.
class Mounts final {
 public:
  Mounts(Loop& loop, Callback<> on_change) noexcept;
  ~Mounts();
  Mounts(const Mounts&) = delete;
  Mounts& operator=(const Mounts&) = delete;
  Mounts(Mounts&&) = delete;
  Mounts& operator=(Mounts&&) = delete;

  /// From then on no change is missed. Fails where /proc is not mounted.
  [[nodiscard]] base::Result<> start() noexcept;

 private:
  void changed() noexcept;
  void turned() noexcept;

  OwnedCallback<> on_change_;
  base::UniqueFd fd_;
  base::UniqueFd before_;  ///< has not been waited for: tells of what changed since start()
  Poll poll_;
  Deferred arming_;
  bool waited_ = false;
};

}  // namespace blindfold::loop
