#pragma once

#include <CLI/CLI.hpp>
#include <string_view>

#include "platform/base/error.hpp"

namespace blindfold::app {

// Mistakes on the command line in our words, of kind `usage`. `app` is as the
// parser left it.

/// What is wrong where CLI11 refused with `error`: unknown options, commands and
/// arguments, values that are missing or given twice.
[[nodiscard]] base::Error mistake_of(const CLI::App& app, const CLI::ParseError& error);

/// The command that was given needs `option`.
[[nodiscard]] base::Error missing(const CLI::App& app, const CLI::Option& option);

/// The command that was given has no use for `argument`.
[[nodiscard]] base::Error too_many(const CLI::App& app, std::string_view argument);

}  // namespace blindfold::app
