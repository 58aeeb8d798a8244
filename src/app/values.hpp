#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "platform/base/duration.hpp"
#include "platform/base/error.hpp"
#include "platform/base/nearest.hpp"

namespace blindfold::app {

// Values of the command line: each error is of kind `usage`, names the option
// and can be printed whatever stood there.

/// An argument in double quotes, cut after 80 characters, safe to print.
[[nodiscard]] std::string shown(std::string_view argument);

/// `did you mean "…"?`, or nothing.
[[nodiscard]] std::string suggestion(std::string_view text,
                                     std::span<const std::string_view> candidates);

/// More than nothing and 24 hours at most.
[[nodiscard]] base::Result<base::Duration> read_duration(std::string_view option,
                                                         std::string_view text);

/// A file or a name: neither empty nor, where somebody forgot the value, the
/// next option. `what` is the word of the help: FILE, USER, ID.
[[nodiscard]] base::Result<std::string> read_name(std::string_view option, std::string_view what,
                                                  std::string_view text);

/// "NAME: TEXT is not one of A, B or C".
[[nodiscard]] base::Error not_a_choice(std::string_view option, std::string_view text,
                                       std::span<const std::string_view> names);

template <class T>
[[nodiscard]] base::Result<T> read_choice(std::string_view option, std::string_view text,
                                          std::span<const std::pair<std::string_view, T>> choices) {
  std::vector<std::string_view> names;
  for (const auto& [name, value] : choices) {
    if (name == text) {
      return value;
    }
    names.push_back(name);
  }
  return std::unexpected(not_a_choice(option, text, names));
}

}  // namespace blindfold::app
