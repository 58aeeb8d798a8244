#pragma once

#include <sys/wait.h>
#include <unistd.h>

#include <functional>

namespace blindfold::support {

/// Runs `body` in a forked process, for what must not touch this one (limits,
/// namespaces), and returns its exit status; -1 where a signal ended it.
[[nodiscard]] inline int in_child(const std::function<int()>& body) {
  const pid_t child = ::fork();
  if (child == 0) {
    ::_exit(body());
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace blindfold::support
