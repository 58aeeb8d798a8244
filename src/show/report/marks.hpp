#pragma once

#include <string>
#include <string_view>

#include "core/model/presence.hpp"

namespace blindfold::report {

/// "✓", "✗", "?" or "–": never without the presence in words beside it.
[[nodiscard]] std::string_view mark_of(model::Color color) noexcept;

/// `text` in the color where `colored`, unchanged otherwise. ECMA-48's SGR with
/// the terminal's own palette; grey is faint, since bright black is the
/// background of some palettes.
[[nodiscard]] std::string paint(std::string_view text, model::Color color, bool colored);

}  // namespace blindfold::report
