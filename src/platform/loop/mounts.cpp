#include "platform/loop/mounts.hpp"

#include <fcntl.h>
#include <poll.h>

#include <cerrno>
#include <utility>

namespace blindfold::loop {
namespace {

constexpr const char* mount_table = "/proc/self/mountinfo";

}  // namespace

Mounts::Mounts(Loop& loop, Callback<> on_change) noexcept
    : on_change_(std::move(on_change)),
      poll_(loop, [this](Readiness) noexcept { changed(); }),
      arming_(loop, [this]() noexcept { turned(); }) {
}

Mounts::~Mounts() = default;

base::Result<> Mounts::start() noexcept {
  poll_.stop();
  base::UniqueFd before(::open(mount_table, O_RDONLY | O_CLOEXEC));
  base::UniqueFd watched(::open(mount_table, O_RDONLY | O_CLOEXEC));
  if (!before || !watched) {
    return std::unexpected(
        base::system_error(errno, "cannot watch the mounts: " + std::string(mount_table)));
  }
  fd_ = std::move(watched);
  before_ = std::move(before);
  waited_ = false;
  arming_.schedule();
  return poll_.start(fd_.get(), Readiness::priority);
}

void Mounts::changed() noexcept {
  arming_.cancel();
  before_.close();
  on_change_();
}

/// The loop registers a descriptor when it next waits, so by the second turn;
/// what changed until then is lost on that descriptor and shown by the other.
void Mounts::turned() noexcept {
  if (!std::exchange(waited_, true)) {
    arming_.schedule();
    return;
  }
  pollfd before{.fd = before_.get(), .events = POLLPRI, .revents = 0};
  const bool missed = ::poll(&before, 1, 0) > 0;
  before_.close();
  if (missed) {
    on_change_();
  }
}

}  // namespace blindfold::loop
