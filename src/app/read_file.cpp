#include "app/read_file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "platform/base/unique_fd.hpp"

namespace blindfold::app {
namespace {

std::unexpected<base::Error> failure(const std::string& path) {
  return std::unexpected(base::system_error(errno, path));
}

// Opened without waiting: whoever writes to a pipe may never come.
base::Result<base::UniqueFd> open(const std::string& path) {
  base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return failure(path);
  }
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return std::unexpected(
        base::Error{base::ErrorKind::configuration, path + ": neither a file nor a pipe", {}});
  }
  return file;
}

// Whether there is something to read, or the end, before the patience ends.
bool wait_for_more(int fd, std::chrono::milliseconds patience) noexcept {
  pollfd asked{.fd = fd, .events = POLLIN, .revents = 0};
  int count = ::poll(&asked, 1, static_cast<int>(patience.count()));
  while (count < 0 && errno == EINTR) {
    count = ::poll(&asked, 1, static_cast<int>(patience.count()));
  }
  return count != 0;
}

}  // namespace

base::Result<std::string> read_file(const std::string& path, std::size_t limit,
                                    std::chrono::milliseconds patience) {
  const auto file = open(path);
  if (!file) {
    return std::unexpected(file.error());
  }
  std::string text;
  std::array<char, 65536> chunk{};
  for (;;) {
    if (!wait_for_more(file->get(), patience)) {
      return std::unexpected(
          base::Error{base::ErrorKind::unreachable, path + ": nobody writes to this pipe", {}});
    }
    const ssize_t length = ::read(file->get(), chunk.data(), chunk.size());
    if (length < 0 && (errno == EINTR || errno == EAGAIN)) {
      continue;
    }
    if (length < 0) {
      return failure(path);
    }
    if (length == 0) {
      return text;
    }
    text.append(chunk.data(), static_cast<std::size_t>(length));
    if (text.size() > limit) {
      return std::unexpected(
          base::Error{base::ErrorKind::limit,
                      path + ": larger than " + std::to_string(limit >> 10U) + " KiB",
                      {}});
    }
  }
}

}  // namespace blindfold::app
