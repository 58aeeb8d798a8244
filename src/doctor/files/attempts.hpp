#pragma once

#include <span>
#include <string>

#include "platform/sandbox/confinement.hpp"

namespace blindfold::doctor {

/// Restricts this process by `plan`, tries each of `paths` and `sockets`, writes
/// a Record of each to `fd` and ends the process. For a forked child.
[[noreturn]] void try_all(const sandbox::Plan& plan, std::span<const std::string> paths,
                          std::span<const std::string> sockets, int fd) noexcept;

}  // namespace blindfold::doctor
