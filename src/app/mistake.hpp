#pragma once

#include <CLI/CLI.hpp>

#include "platform/base/error.hpp"

namespace blindfold::app {

/// What is wrong with a command line that CLI11 refused with `error`, in our
/// words: unknown options, commands and arguments, values that are missing or
/// given twice. Of kind `usage`; `app` is as the parser left it.
[[nodiscard]] base::Error mistake_of(const CLI::App& app, const CLI::ParseError& error);

}  // namespace blindfold::app
