#pragma once

#include <string>
#include <vector>

#include "detect/kubernetes/judgement.hpp"
#include "detect/kubernetes/rights.hpp"

namespace blindfold::detect {

/// The quota that says when to ask.
inline constexpr const char* hint_quota = "blindfold";

/// What `agent permissions` prints for these secrets and settings of a namespace,
/// by either way; a right that is optional there is in it.
[[nodiscard]] std::vector<Right> printed_rights(Way way, const std::vector<std::string>& secrets,
                                                const std::vector<std::string>& config_maps);

/// What the account may do beyond `printed` and beyond what every account may
/// (review its own rights): 50 at most. One without a name is not limited to any;
/// "*" stands for every verb, group or resource, as in the rule.
[[nodiscard]] std::vector<Right> surplus(const Rights& rights, const std::vector<Right>& printed);

}  // namespace blindfold::detect
