#include "app/read_file.hpp"

#include <fcntl.h>
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

}  // namespace

base::Result<std::string> read_file(const std::string& path, std::size_t limit) {
  const base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return failure(path);
  }
  if (!S_ISREG(status.st_mode) && !S_ISFIFO(status.st_mode)) {
    return std::unexpected(base::Error{base::ErrorKind::configuration, path + ": not a file", {}});
  }
  std::string text;
  std::array<char, 65536> chunk;
  for (;;) {
    const ssize_t length = ::read(file.get(), chunk.data(), chunk.size());
    if (length < 0 && errno == EINTR) {
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
