#pragma once

#include <sys/types.h>

namespace blindfold::helper {

/// Whether the process group of `leader`, a child that has ended and is not
/// reaped, has another process that runs. True where that cannot be found out.
[[nodiscard]] bool has_others(pid_t leader) noexcept;

}  // namespace blindfold::helper
