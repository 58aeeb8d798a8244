#pragma once

#include <string>
#include <vector>

#include "show/advice/permission_scope.hpp"
#include "show/advice/shell_quote.hpp"

namespace blindfold::doctor {

/// The proof as lines for the customer's own kubectl, as whoever may impersonate
/// the account (`--as`), each with a comment before it that says what it must
/// answer: that the account may not read what `scope` names, what else it may,
/// and that the policy lets the bare question through and refuses a guess. They
/// change nothing: what writes is a dry run, and its value is no secret. `context`
/// empty: none is named.
[[nodiscard]] std::vector<std::string> kubernetes_proof_commands(
    const advice::PermissionScope& scope, const std::string& context, advice::Shell shell);

}  // namespace blindfold::doctor
