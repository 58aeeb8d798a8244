#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindfold::detect {

/// The entry that looks like the missing `key`: it differs in letter case, in a
/// hyphen, underscore or dot, in its ending, or in one or two letters. Empty
/// where none does.
[[nodiscard]] std::string near_miss(std::string_view key, const std::vector<std::string>& entries);

}  // namespace blindfold::detect
