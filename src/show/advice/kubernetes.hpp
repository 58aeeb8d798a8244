#pragma once

#include <string>
#include <vector>

#include "core/model/locator.hpp"
#include "core/model/standing.hpp"
#include "show/advice/commands.hpp"

namespace blindfold::advice {

/// commands() for a Secret in Kubernetes that the customer fills.
[[nodiscard]] std::vector<std::string> advise(const model::Standing& standing,
                                              const model::KubernetesLocator& locator,
                                              const CommandOptions& options);

}  // namespace blindfold::advice
