#include "app/output.hpp"

#include <unistd.h>

#include <cerrno>
#include <string>

#include "platform/base/error.hpp"

namespace blindfold::app {
namespace {

bool write_all(int fd, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written < 0 && errno == EINTR) {
      continue;
    }
    if (written <= 0) {
      return false;
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

bool print(std::string_view text) noexcept {
  if (write_all(STDOUT_FILENO, text)) {
    return true;
  }
  complain("agent: " + base::system_error(errno, "standard output").what + "\n");
  return false;
}

void complain(std::string_view text) noexcept {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

}  // namespace blindfold::app
