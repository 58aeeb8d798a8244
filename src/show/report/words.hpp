#pragma once

#include <string>
#include <string_view>

#include "core/model/detail.hpp"
#include "core/model/locator.hpp"
#include "core/model/sight.hpp"

namespace blindfold::report {

// The one place where details and reasons become words for a person: what it
// is, where, and what to do; lower case, without a final stop. What others
// named is quoted and has passed base::printable: the result can go to a
// terminal, a log line or a document as it is.

/// `name` in double quotes; `"` and `\` within it have a backslash before them.
[[nodiscard]] std::string quoted(std::string_view name);

[[nodiscard]] std::string describe(const model::Detail& detail);

/// Each in words, joined by "; ". Empty where there are none.
[[nodiscard]] std::string describe(const model::Details& details);

/// Why the sight is no better, and what makes it so. Empty where there is
/// nothing to add. Of sight `none` it says that the account can read the value.
[[nodiscard]] std::string describe(const model::Sight& sight);

/// The store and the place in it: "directory /var/lib/app".
[[nodiscard]] std::string describe(const model::Locator& locator);

}  // namespace blindfold::report
