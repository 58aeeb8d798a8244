#include "platform/log/line_writer.hpp"

#include <poll.h>
#include <unistd.h>

#include <cerrno>

namespace blindfold::log {

// Linux says that a pipe takes more where at least one of its pages is free.
bool LineWriter::takes_more() const noexcept {
  pollfd asked{.fd = fd_, .events = POLLOUT, .revents = 0};
  int count = ::poll(&asked, 1, 0);
  while (count < 0 && errno == EINTR) {
    count = ::poll(&asked, 1, 0);
  }
  return count == 1 && (asked.revents & POLLOUT) != 0;
}

std::size_t LineWriter::write_some(std::string_view text) const noexcept {
  std::size_t done = 0;
  while (done < text.size() && takes_more()) {
    const ssize_t written = ::write(fd_, text.data() + done, text.size() - done);
    if (written > 0) {
      done += static_cast<std::size_t>(written);
    } else if (written == 0 || errno != EINTR) {
      break;
    }
  }
  return done;
}

bool LineWriter::write(std::string_view line) noexcept {
  if (torn_) {
    if (write_some("\n") == 0) {
      return false;
    }
    torn_ = false;
  }
  const std::size_t done = write_some(line);
  torn_ = done > 0 && done < line.size();
  return done == line.size();
}

}  // namespace blindfold::log
