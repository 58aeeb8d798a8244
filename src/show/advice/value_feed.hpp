#pragma once

#include <cstddef>
#include <string>

#include "show/advice/shell_quote.hpp"

namespace blindfold::advice {

/// Brings values that are typed, one line each, to one program, byte for byte
/// and in none of its arguments. One value comes on standard input. Of several
/// each is a file for the program: in bash by process substitution, in sh by a
/// pipe with a descriptor of its own.
class ValueFeed final {
 public:
  /// POSIX's shell names a descriptor by one digit; 0, 1 and 2 are taken, and
  /// the last value comes on standard input.
  static constexpr std::size_t most_in_sh = 8;

  ValueFeed(std::size_t count, Shell shell) noexcept : count_(count), shell_(shell) {}

  /// Whether the shell can do so many.
  [[nodiscard]] bool possible() const noexcept {
    return shell_ == Shell::bash || count_ <= most_in_sh;
  }

  /// What the program opens to get the value of that number, as a word of the
  /// shell. Numbers count from 0.
  [[nodiscard]] std::string source(std::size_t number) const;

  /// Reads all values, then runs `before` (which ends in `&&`, or is empty) and
  /// `command`, a pipeline whose first program opens the sources.
  [[nodiscard]] std::string line(const std::string& before, const std::string& command) const;

 private:
  [[nodiscard]] std::string variable(std::size_t number) const;
  [[nodiscard]] std::string fed(const std::string& command) const;

  std::size_t count_;
  Shell shell_;
};

}  // namespace blindfold::advice
