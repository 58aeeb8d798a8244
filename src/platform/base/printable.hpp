#pragma once

#include <string>
#include <string_view>

namespace blindfold::base {

/// Whether a character is not seen, or changes the order in which others are
/// (UAX #9 bidirectional controls, zero-width characters, line separators, C1).
[[nodiscard]] bool hides_or_reorders(char32_t character) noexcept;

/// Appends `text` so that a terminal shows it and obeys none of it: control
/// characters become `\x1b`, characters that reorder or hide text (UAX #9
/// bidirectional controls, zero-width characters, line separators) `\u{202e}`,
/// bytes that are not UTF-8 `\xff`. The one way by which names that others
/// chose reach a terminal or a text log.
void append_printable(std::string& out, std::string_view text);

[[nodiscard]] std::string printable(std::string_view text);

}  // namespace blindfold::base
