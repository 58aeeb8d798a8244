#pragma once

#include <string>
#include <string_view>

#include "show/terminal/table.hpp"

namespace blindfold::terminal {

/// What the terminal can show.
struct Abilities {
  bool table = false;  ///< lines can be redrawn
  bool color = false;
};

/// From whether it is a terminal, and TERM and NO_COLOR as the environment has
/// them (empty: not set). TERM=dumb, or none, can redraw nothing; NO_COLOR, set
/// to anything but nothing, means no color (https://no-color.org).
[[nodiscard]] Abilities abilities_of(bool is_terminal, std::string_view term,
                                     std::string_view no_color) noexcept;

/// Keeps a frame on the terminal, below what stood there before, and redraws
/// only the lines that changed. Writes nothing itself: each call gives the
/// bytes to write, ECMA-48 sequences that every terminal with cursor movement
/// has. No alternate screen: a frame is never taller than the terminal, and
/// what was last known stays on the screen at the end.
class Screen final {
 public:
  /// The first draw hides the cursor. After a change of size, which may have
  /// moved every line, the screen is cleared and drawn anew. Empty where
  /// nothing changed.
  [[nodiscard]] std::string draw(const Frame& frame, Size size);

  /// Shows the cursor again, on the line after the frame. Empty before the
  /// first draw and after the end.
  [[nodiscard]] std::string end();

 private:
  void redraw(std::string& out, const Frame& frame);
  void move_to(std::string& out, std::size_t line);

  bool begun_ = false;
  Size size_;
  Frame shown_;
  std::size_t line_ = 0;  ///< where the cursor is
};

}  // namespace blindfold::terminal
