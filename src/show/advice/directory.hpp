#pragma once

#include <string>
#include <vector>

#include "core/model/locator.hpp"
#include "core/model/standing.hpp"
#include "show/advice/commands.hpp"

namespace blindfold::advice {

/// commands() for a directory that the customer fills.
[[nodiscard]] std::vector<std::string> advise(const model::Standing& standing,
                                              const model::DirectoryLocator& locator,
                                              const CommandOptions& options);

}  // namespace blindfold::advice
