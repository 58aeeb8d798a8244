#include "show/terminal/screen.hpp"

#include <utility>

namespace blindfold::terminal {
namespace {

constexpr std::string_view hide_cursor = "\x1b[?25l";
constexpr std::string_view show_cursor = "\x1b[?25h";
constexpr std::string_view clear_screen = "\x1b[H\x1b[2J";
// Before the text: after a line that fills the last column some terminals would
// clear that column.
constexpr std::string_view clear_line = "\r\x1b[K";
constexpr std::string_view clear_below = "\x1b[J";

}  // namespace

Abilities abilities_of(bool is_terminal, std::string_view term,
                       std::string_view no_color) noexcept {
  const bool table = is_terminal && !term.empty() && term != "dumb";
  return {.table = table, .color = table && no_color.empty()};
}

std::string Screen::draw(const Frame& frame, Size size) {
  std::string out;
  if (!std::exchange(begun_, true)) {
    out += hide_cursor;
  } else if (size != size_) {
    out += clear_screen;
    shown_.clear();
    line_ = 0;
  }
  size_ = size;
  redraw(out, frame);
  return out;
}

std::string Screen::end() {
  if (!std::exchange(begun_, false)) {
    return {};
  }
  std::string out;
  if (!shown_.empty()) {
    move_to(out, shown_.size() - 1);
    out += "\r\n";
  }
  out += show_cursor;
  shown_.clear();
  line_ = 0;
  return out;
}

void Screen::redraw(std::string& out, const Frame& frame) {
  for (std::size_t line = 0; line < frame.size(); ++line) {
    const bool is_new = line >= shown_.size();
    if (!is_new && frame[line] == shown_[line]) {
      continue;
    }
    move_to(out, line);
    out.append(clear_line).append(frame[line]);
  }
  if (frame.size() < shown_.size()) {
    move_to(out, frame.size());
    out.append("\r").append(clear_below);
  }
  shown_ = frame;
}

void Screen::move_to(std::string& out, std::size_t line) {
  if (line < line_) {
    out.append("\x1b[").append(std::to_string(line_ - line)).append("A");
  }
  // A newline, unlike a movement, makes room at the bottom.
  for (; line_ < line; ++line_) {
    out += "\r\n";
  }
  line_ = line;
}

}  // namespace blindfold::terminal
