#pragma once

#include "app/options.hpp"

namespace blindfold::app {

/// Does what the command line says and returns the exit status (design.md
/// section 6). Loads, gives up the right to read, and only then looks.
[[nodiscard]] int run_program(const Options& options);

}  // namespace blindfold::app
