#pragma once

#include <string>
#include <vector>

#include "core/model/locator.hpp"
#include "core/model/standing.hpp"
#include "show/advice/commands.hpp"

namespace blindfold::advice {

/// commands() for a secret in Secrets Manager that the customer fills.
[[nodiscard]] std::vector<std::string> advise(const model::Standing& standing,
                                              const model::SecretsManagerLocator& locator,
                                              const CommandOptions& options);

/// The same for a parameter in Parameter Store.
[[nodiscard]] std::vector<std::string> advise(const model::Standing& standing,
                                              const model::ParameterStoreLocator& locator,
                                              const CommandOptions& options);

}  // namespace blindfold::advice
