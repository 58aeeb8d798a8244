#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "show/advice/shell_quote.hpp"

namespace blindfold::advice {

/// A file that a value is to be written to, and by whom it is to be owned
/// (empty: by whoever runs the command).
struct Target {
  std::string path;
  std::string owner;
};

/// Whether values of that key usually have several lines: certificates, keys,
/// key stores, JSON.
[[nodiscard]] bool has_several_lines(std::string_view key) noexcept;

/// What stands for the file that a key's value is in, until its path is put in.
[[nodiscard]] std::string path_to_put_in(std::string_view key);

/// Reads one line into a shell variable, unechoed in bash.
[[nodiscard]] std::string read_line(std::string_view variable, Shell shell);

/// Writes what a shell variable holds to standard output, byte for byte. printf
/// is part of the shell: the value is in no argument.
[[nodiscard]] std::string print_variable(std::string_view variable);

/// The part of a command that reads one line and writes it to the target.
[[nodiscard]] std::string write_typed(const Target& target, Shell shell);

/// The part of a command that copies a file, whose path is to be filled in.
[[nodiscard]] std::string write_file(std::string_view key, const Target& target, Shell shell);

/// Around the parts, at least one of which reads: nothing is echoed, whatever
/// ends it, and nothing is kept in `variables`.
[[nodiscard]] std::string unseen(const std::string& parts, Shell shell,
                                 std::string_view variables = "V");

/// What is to be typed or filled in for the keys, as comments.
[[nodiscard]] std::vector<std::string> announce(std::span<const std::string> keys);

}  // namespace blindfold::advice
