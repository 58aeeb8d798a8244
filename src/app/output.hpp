#pragma once

#include <string_view>

namespace blindfold::app {

/// Writes all of `text` to standard output, and waits for a slow reader. Where
/// that fails (a full disk; a reader that went away, with SIGPIPE ignored) it
/// says so on standard error and returns false: the result is then worth
/// nothing.
[[nodiscard]] bool print(std::string_view text) noexcept;

/// Writes `text` to standard error; a failure is ignored.
void complain(std::string_view text) noexcept;

}  // namespace blindfold::app
