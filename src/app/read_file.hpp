#pragma once

#include <cstddef>
#include <string>

#include "platform/base/error.hpp"

namespace blindfold::app {

/// Reads a file that a person wrote: a plain file or a pipe, of at most `limit`
/// bytes. The error names the path.
[[nodiscard]] base::Result<std::string> read_file(const std::string& path, std::size_t limit);

}  // namespace blindfold::app
