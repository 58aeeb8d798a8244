#pragma once

#include <sys/types.h>

#include <string>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::helper {

struct Spawned {
  pid_t process = -1;     ///< and its group and session, which have no terminal
  base::UniqueFd output;  ///< the reading end of its standard output
};

/// Starts the file at `path`: standard input is /dev/null, standard error this
/// process's, no other descriptor; no signal blocked or ignored; this process's
/// environment, in which the program's own variables take the place of those of
/// the same name. Fails with `missing`,
/// `denied` or `internal`.
[[nodiscard]] base::Result<Spawned> spawn(const std::string& path, const Program& program);

}  // namespace blindfold::helper
