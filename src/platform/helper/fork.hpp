#pragma once

#include <sys/types.h>

#include <vector>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::helper {

/// The agent's end of the helper process's socket, before there is a loop. The
/// helper ends when it is closed: at once where nothing runs, else 2 s after it
/// told what runs to end.
struct Forked {
  base::UniqueFd socket;
  pid_t process = -1;  ///< a child of this process
};

/// Forks the helper: before a thread exists (else `internal`), before a loop,
/// before the process gives anything up. It runs what stands in `programs`, by
/// name, and nothing else, ever; no path, argument or variable comes over the
/// socket. It keeps standard error and this moment's environment, working folder
/// and rights, no other descriptor, and ignores INT, TERM, HUP and QUIT: what a
/// terminal or an init system sends to all processes is the agent's to obey.
[[nodiscard]] base::Result<Forked> fork_helper(std::vector<Program> programs, Writable writable);

}  // namespace blindfold::helper
