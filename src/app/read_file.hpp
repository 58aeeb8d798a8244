#pragma once

#include <chrono>
#include <cstddef>
#include <string>

#include "platform/base/error.hpp"

namespace blindfold::app {

/// Reads a file that a person wrote: a plain file or a pipe, of at most `limit`
/// bytes. From a pipe something has to come within `patience`, each time. The
/// error names the path as it is.
[[nodiscard]] base::Result<std::string> read_file(
    const std::string& path, std::size_t limit,
    std::chrono::milliseconds patience = std::chrono::seconds(10));

}  // namespace blindfold::app
