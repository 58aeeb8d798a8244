#include "clients/account/file.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <span>
#include <string_view>
#include <utility>

#include "platform/base/unique_fd.hpp"

namespace blindfold::account {
namespace {

constexpr std::string_view white_space = " \t\r\n";

std::unexpected<base::Error> failure(base::ErrorKind kind, std::string what,
                                     std::string hint = {}) {
  return std::unexpected(base::Error{kind, std::move(what), std::move(hint)});
}

// Opened without waiting: whoever writes to a pipe may never come.
base::Result<base::UniqueFd> open(const std::string& path) {
  base::UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK));
  struct stat status{};
  if (!file || ::fstat(file.get(), &status) != 0) {
    return std::unexpected(base::system_error(errno, path));
  }
  if (S_ISDIR(status.st_mode) || S_ISSOCK(status.st_mode)) {
    return failure(base::ErrorKind::configuration, path + ": neither a file nor a pipe");
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

ssize_t read_more(int fd, secret::SecretBuffer& buffer) {
  ssize_t length = 0;
  buffer.fill([fd, &length](std::span<char> room) {
    length = ::read(fd, room.data(), room.size());
    return static_cast<std::size_t>(std::max<ssize_t>(length, 0));
  });
  return length;
}

std::string_view trimmed(std::string_view text) noexcept {
  const std::size_t begin = std::min(text.find_first_not_of(white_space), text.size());
  return text.substr(begin, text.find_last_not_of(white_space) + 1 - begin);
}

bool may_stand_in_a_header(char c) noexcept {
  return c > ' ' && c <= '~';
}

base::Result<secret::SecretBuffer> copied_token(std::string_view text, const std::string& where) {
  if (text.empty()) {
    return failure(base::ErrorKind::configuration, where + ": holds no token");
  }
  if (!std::ranges::all_of(text, may_stand_in_a_header)) {
    return failure(base::ErrorKind::configuration, where + ": holds something else than a token");
  }
  return copied(text);
}

}  // namespace

base::Result<secret::SecretBuffer> read_file(const std::string& path, std::size_t limit,
                                             std::chrono::milliseconds patience) {
  const auto file = open(path);
  auto buffer = secret::SecretBuffer::with_capacity(limit + 1);
  if (!file || !buffer) {
    return std::unexpected(file ? buffer.error() : file.error());
  }
  for (;;) {
    if (!wait_for_more(file->get(), patience)) {
      return failure(base::ErrorKind::unreachable, path + ": nobody writes to this pipe");
    }
    const ssize_t length = read_more(file->get(), *buffer);
    if (length < 0 && errno != EINTR && errno != EAGAIN) {
      return std::unexpected(base::system_error(errno, path));
    }
    if (buffer->size() > limit) {
      return failure(base::ErrorKind::limit,
                     path + ": larger than " + std::to_string(limit >> 10U) + " KiB");
    }
    if (length == 0) {
      return buffer;
    }
  }
}

base::Result<std::string> read_text(const std::string& path, std::size_t limit) {
  const auto buffer = read_file(path, limit);
  if (!buffer) {
    return std::unexpected(buffer.error());
  }
  return buffer->with_bytes([](std::string_view bytes) { return std::string(bytes); });
}

base::Result<secret::SecretBuffer> copied(std::string_view bytes) {
  auto buffer = secret::SecretBuffer::with_capacity(bytes.size());
  if (!buffer) {
    return buffer;
  }
  if (const auto added = buffer->append(bytes); !added) {
    return std::unexpected(added.error());
  }
  return buffer;
}

base::Result<secret::SecretBuffer> usable_token(const secret::SecretBuffer& bytes,
                                                const std::string& where) {
  return bytes.with_bytes(
      [&where](std::string_view text) { return copied_token(trimmed(text), where); });
}

}  // namespace blindfold::account
