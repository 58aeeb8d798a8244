#include "platform/helper/fork.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "platform/helper/server.hpp"

namespace blindfold::helper {
namespace {

constexpr int socket_descriptor = STDERR_FILENO + 1;

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

/// What another thread holds locked at the fork stays locked in the child.
base::Result<> check_one_thread() {
  const std::unique_ptr<DIR, CloseFolder> tasks(::opendir("/proc/self/task"));
  if (tasks == nullptr) {
    return std::unexpected(base::system_error(errno, "cannot list /proc/self/task"));
  }
  int threads = 0;
  while (const dirent* const entry = ::readdir(tasks.get())) {
    threads += entry->d_name[0] != '.' ? 1 : 0;
  }
  if (threads != 1) {
    return std::unexpected(base::Error{
        base::ErrorKind::internal,
        "the helper process is forked while " + std::to_string(threads) + " threads run",
        {}});
  }
  return {};
}

/// Above the standard streams, which may be closed: what is written to standard
/// error must not be a request.
base::UniqueFd above_streams(base::UniqueFd socket) noexcept {
  if (socket.get() > STDERR_FILENO) {
    return socket;
  }
  return base::UniqueFd(::fcntl(socket.get(), F_DUPFD_CLOEXEC, STDERR_FILENO + 1));
}

void reset_signals() noexcept {
  struct sigaction action{};
  for (int number = 1; number < NSIG; ++number) {
    const bool ignored = number == SIGINT || number == SIGTERM || number == SIGHUP ||
                         number == SIGQUIT || number == SIGPIPE;
    action.sa_handler = ignored ? SIG_IGN : SIG_DFL;
    ::sigaction(number, &action, nullptr);
  }
}

/// Standard input and output from and to nowhere, and an error stream that is
/// closed, too: no pipe may take their numbers. Of all else only the socket stays.
void keep_only(int socket) noexcept {
  const int nowhere = ::open("/dev/null", O_RDWR);
  if (nowhere < 0) {
    ::_exit(EXIT_FAILURE);
  }
  ::dup2(nowhere, STDIN_FILENO);
  ::dup2(nowhere, STDOUT_FILENO);
  if (::fcntl(STDERR_FILENO, F_GETFD) < 0) {
    ::dup2(nowhere, STDERR_FILENO);
  }
  ::dup2(socket, socket_descriptor);
  ::fcntl(socket_descriptor, F_SETFD, FD_CLOEXEC);
  ::closefrom(socket_descriptor + 1);
}

[[noreturn]] void be_the_helper(int socket, std::vector<Program> programs,
                                Writable writable) noexcept {
  reset_signals();
  keep_only(socket);
  Server(base::UniqueFd(socket_descriptor), std::move(programs), std::move(writable)).run();
  ::_exit(EXIT_SUCCESS);
}

}  // namespace

base::Result<Forked> fork_helper(std::vector<Program> programs, Writable writable) {
  if (const base::Result<> one = check_one_thread(); !one) {
    return std::unexpected(one.error());
  }
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    return std::unexpected(base::system_error(errno, "cannot make the helper process's socket"));
  }
  base::UniqueFd ours = above_streams(base::UniqueFd(ends[0]));
  const base::UniqueFd theirs = above_streams(base::UniqueFd(ends[1]));
  if (!ours || !theirs) {
    return std::unexpected(base::system_error(errno, "cannot make the helper process's socket"));
  }
  const pid_t process = ::fork();
  if (process < 0) {
    return std::unexpected(base::system_error(errno, "cannot fork the helper process"));
  }
  if (process == 0) {
    be_the_helper(theirs.get(), std::move(programs), std::move(writable));
  }
  return Forked{.socket = std::move(ours), .process = process};
}

}  // namespace blindfold::helper
