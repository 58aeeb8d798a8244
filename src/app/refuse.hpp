#pragma once

#include <string_view>

#include "platform/base/error.hpp"

namespace blindfold::app {

/// The exit status for bad usage or a bad file (design.md section 6).
inline constexpr int bad_usage = 2;
/// The exit status of a command, other than `--once`, that failed.
inline constexpr int failed = 1;

/// Says `text` on standard error and returns `bad_usage`.
[[nodiscard]] int refuse(std::string_view text) noexcept;

/// "agent: WHAT" and the hint beneath it, safe to print.
[[nodiscard]] int refuse(const base::Error& error);

}  // namespace blindfold::app
