#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace blindfold::report {

// Text in these functions is what base::printable gave: well-formed UTF-8
// without control characters.

/// How many columns of a terminal `text` takes: combining marks none, East
/// Asian wide characters two. Needs no locale; of characters whose width is
/// ambiguous (UAX #11) it assumes one.
[[nodiscard]] std::size_t display_width(std::string_view text) noexcept;

/// `text`, or as much of its beginning as fits with an ellipsis into `columns`.
[[nodiscard]] std::string cut(std::string_view text, std::size_t columns);

/// Appends `text` and spaces up to `columns`; cuts it where it is wider.
void append_padded(std::string& out, std::string_view text, std::size_t columns);

/// Lines of at most `columns`, broken at spaces, within a word only where it is
/// wider than a line. At least one line; `columns` is at least 2.
[[nodiscard]] std::vector<std::string> wrap(std::string_view text, std::size_t columns);

}  // namespace blindfold::report
