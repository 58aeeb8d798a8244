#pragma once

#include <string>
#include <string_view>

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

/// The part of a command that reads one line and writes it to the target.
[[nodiscard]] std::string write_typed(const Target& target, Shell shell);

/// The part of a command that copies a file, whose path is to be filled in.
[[nodiscard]] std::string write_file(std::string_view key, const Target& target, Shell shell);

/// Around the parts, at least one of which reads: nothing is echoed, whatever
/// ends it, and nothing is kept.
[[nodiscard]] std::string unseen(const std::string& parts, Shell shell);

}  // namespace blindfold::advice
