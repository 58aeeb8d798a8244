#pragma once

#include <cstddef>

namespace blindfold::app {

struct TerminalSize {
  std::size_t columns = 0;  ///< 0: no terminal
  std::size_t rows = 0;
};

/// Of the terminal at descriptor `fd`.
[[nodiscard]] TerminalSize terminal_size(int fd) noexcept;

/// Whether color is wanted there: a terminal, not TERM=dumb, and NO_COLOR
/// (no-color.org) unset or empty.
[[nodiscard]] bool wants_color(int fd) noexcept;

}  // namespace blindfold::app
