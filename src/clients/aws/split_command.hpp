#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace blindfold::aws {

/// A command line in words, as the aws command line splits `credential_process`
/// (Python's shlex.split, POSIX rules): white space between words, single quotes
/// around anything, double quotes with `\` before `"` and `\`, and `\` before any
/// character outside quotes. Nothing is expanded and no shell has a part in it.
/// Nothing: a quote does not end, or nothing follows a `\`.
[[nodiscard]] std::optional<std::vector<std::string>> split_command(std::string_view command);

}  // namespace blindfold::aws
