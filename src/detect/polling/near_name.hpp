#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace blindfold::detect {

/// What names have in common that are taken for one another: without `-`, `.`
/// and `_`, in lower case, without an ending "secret", "secrets", "credentials",
/// "creds" or a plural's "s".
[[nodiscard]] std::string plain_name(std::string_view name);

/// Names that somebody may have given to what should be called `name`: a few,
/// each a valid name of a Secret.
[[nodiscard]] std::vector<std::string> near_names(std::string_view name);

}  // namespace blindfold::detect
