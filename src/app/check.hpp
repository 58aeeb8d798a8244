#pragma once

#include <string>

#include "app/options.hpp"
#include "core/manifest/deployment.hpp"

namespace blindfold::app {

/// `agent check`: says on standard output that all is well, or on standard error
/// what is not. Returns the exit status.
[[nodiscard]] int check(const CheckCommand& command);

/// "manifest.yaml: 3 requirements, 1 setting, no errors"
[[nodiscard]] std::string all_is_well(const std::string& file,
                                      const manifest::Deployment& deployment);

}  // namespace blindfold::app
