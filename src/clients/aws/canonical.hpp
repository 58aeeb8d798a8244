#pragma once

#include <string>
#include <string_view>

namespace blindfold::aws {

// The canonical forms of AWS Signature Version 4 ("Create a canonical request",
// IAM User Guide), as every service but S3 has them.

/// Without dots, doubled slashes and what they take back, and encoded once more
/// than it is sent: "/a%20b" becomes "/a%2520b".
[[nodiscard]] std::string canonical_path(std::string_view path);

/// Its parameters in order, each with a `=`.
[[nodiscard]] std::string canonical_query(std::string_view query);

/// A header's value without white space around it, and one space for each run of
/// it within.
[[nodiscard]] std::string canonical_value(std::string_view value);

/// A header's name in lower case.
[[nodiscard]] std::string canonical_name(std::string_view name);

}  // namespace blindfold::aws
