#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/manifest/document.hpp"

namespace blindfold::manifest {

struct Unreadable {
  Position where;
  std::string what;  ///< "a control character"; nothing of the text
};

/// The first thing in a file that may not stand in one: what is not UTF-8, and
/// what is not one of YAML's printable characters.
[[nodiscard]] std::optional<Unreadable> first_unreadable(std::string_view text);

/// `text` without a byte order mark.
[[nodiscard]] std::string_view without_mark(std::string_view text) noexcept;

}  // namespace blindfold::manifest
