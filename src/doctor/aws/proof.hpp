#pragma once

#include <string>
#include <vector>

#include "show/advice/aws_scope.hpp"
#include "show/advice/shell_quote.hpp"

namespace blindfold::doctor {

/// The proof as lines for the customer's own aws command line, as whoever may
/// simulate policies and read CloudTrail, each with a comment before it that says
/// what it must answer: that IAM refuses the agent's identity every operation that
/// brings a value of what `objects` names, and who has called them of late. They
/// change nothing. The identity is to be put in: as they stand they name none, and
/// fail. `profile` empty: none is named.
[[nodiscard]] std::vector<std::string> aws_proof_commands(
    const std::vector<advice::AwsObject>& objects, const std::string& profile, advice::Shell shell);

}  // namespace blindfold::doctor
