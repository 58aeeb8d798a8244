#pragma once

#include <climits>
#include <cstddef>
#include <string_view>

namespace blindfold::log {

/// With its line feed. So much goes into a pipe whole or not at all: PIPE_BUF of
/// pipe(7).
inline constexpr std::size_t longest_line = PIPE_BUF;

/// Writes lines to a descriptor that it does not own, and never waits: where
/// nobody reads, a line is dropped whole.
class LineWriter final {
 public:
  explicit LineWriter(int fd) noexcept : fd_(fd) {}

  /// Whether all of `line` was written. It ends in a line feed and is of at most
  /// `longest_line` bytes. Where a disk fills up within a line, the next one
  /// begins on a line of its own.
  [[nodiscard]] bool write(std::string_view line) noexcept;

 private:
  [[nodiscard]] bool takes_more() const noexcept;
  [[nodiscard]] std::size_t write_some(std::string_view text) const noexcept;

  int fd_;
  bool torn_ = false;
};

}  // namespace blindfold::log
