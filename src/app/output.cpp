#include "app/output.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include "platform/base/error.hpp"

namespace blindfold::app {
namespace {

// A descriptor that does not wait by itself: whoever started us made it so, and
// it may be theirs too.
void wait_until_writable(int fd) noexcept {
  pollfd asked{.fd = fd, .events = POLLOUT, .revents = 0};
  ::poll(&asked, 1, -1);
}

bool write_all(int fd, std::string_view text) noexcept {
  while (!text.empty()) {
    const ssize_t written = ::write(fd, text.data(), text.size());
    if (written > 0) {
      text.remove_prefix(static_cast<std::size_t>(written));
    } else if (written < 0 && errno == EAGAIN) {
      wait_until_writable(fd);
    } else if (written == 0 || errno != EINTR) {
      return false;
    }
  }
  return true;
}

}  // namespace

bool print(std::string_view text) noexcept {
  if (write_all(STDOUT_FILENO, text)) {
    return true;
  }
  complain("agent: cannot write the result: " + base::system_error(errno, "standard output").what +
           "\n");
  return false;
}

void complain(std::string_view text) noexcept {
  static_cast<void>(write_all(STDERR_FILENO, text));
}

}  // namespace blindfold::app
