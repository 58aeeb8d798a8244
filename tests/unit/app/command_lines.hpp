#pragma once

#include <string>
#include <variant>
#include <vector>

#include "app/options.hpp"

namespace blindfold::support {

/// What the program makes of `agent ARGUMENTS`.
[[nodiscard]] inline std::variant<app::Options, app::EarlyExit> parse(
    const std::vector<std::string>& arguments) {
  std::vector<const char*> argv{"agent"};
  for (const std::string& argument : arguments) {
    argv.push_back(argument.c_str());
  }
  return app::parse_options(static_cast<int>(argv.size()), argv.data());
}

}  // namespace blindfold::support
