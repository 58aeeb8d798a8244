#include "doctor/files/attempts.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>

#include "detect/files/sight.hpp"
#include "doctor/files/files.hpp"
#include "doctor/files/record.hpp"
#include "doctor/files/sockets.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/sandbox/mount_views.hpp"

namespace blindfold::doctor {
namespace {

void tell(int fd, const Record& record) noexcept {
  if (::write(fd, &record, sizeof record) != static_cast<ssize_t>(sizeof record)) {
    ::_exit(EXIT_FAILURE);  // nobody asks any more
  }
}

Attempt attempt_of(int error_number) noexcept {
  switch (error_number) {
    case 0:
      return Attempt::opened;
    case EACCES:
    case EPERM:
      return Attempt::refused;
    case ENOENT:
    case ENOTDIR:
      return Attempt::missing;
    default:
      return Attempt::untried;
  }
}

model::Sight predict(const std::string& path, const sandbox::Confinement& confinement,
                     const sandbox::MountViews& mounts) {
  const std::filesystem::path whole(path);
  const std::string name = whole.filename();
  return detect::judge_sight(whole.parent_path(), {&name, 1}, confinement, mounts);
}

/// Not blocking: for a pipe, and for a file that somebody has a lease on.
int open_and_close(const std::string& path) noexcept {
  const base::UniqueFd fd(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  return fd ? 0 : errno;
}

void try_confined(const sandbox::Confinement& confinement, std::span<const std::string> paths,
                  std::span<const std::string> sockets, int fd) {
  const sandbox::MountViews mounts = sandbox::MountViews::read().value_or(sandbox::MountViews{});
  std::uint32_t index = 0;
  for (const std::string& path : paths) {
    const model::Sight predicted = predict(path, confinement, mounts);
    const int error_number = open_and_close(path);
    tell(fd, {.kind = RecordKind::file,
              .attempt = static_cast<std::uint8_t>(attempt_of(error_number)),
              .level = static_cast<std::uint8_t>(predicted.level),
              .reason = static_cast<std::uint8_t>(predicted.reason),
              .index = index++,
              .value = error_number});
  }
  for (const std::size_t reachable : reachable_sockets(sockets)) {
    tell(fd, {.kind = RecordKind::socket, .index = static_cast<std::uint32_t>(reachable)});
  }
}

}  // namespace

void try_all(const sandbox::Plan& plan, std::span<const std::string> paths,
             std::span<const std::string> sockets, int fd) noexcept {
  const base::Result<sandbox::Confinement> confinement = sandbox::confine(plan);
  if (!confinement) {
    tell(fd, {.kind = RecordKind::failed,
              .value = static_cast<std::int32_t>(confinement.error().kind)});
    ::_exit(EXIT_FAILURE);
  }
  tell(fd, {.kind = RecordKind::confined, .value = confinement->abi()});
  try_confined(*confinement, paths, sockets, fd);
  tell(fd, {.kind = RecordKind::end});
  ::_exit(EXIT_SUCCESS);
}

}  // namespace blindfold::doctor
