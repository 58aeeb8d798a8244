#pragma once

#include <string>
#include <string_view>

namespace blindfold::manifest {

/// What a YAML reader may take `text` for where it stands without quotes: "true
/// or false", "a number", "a date". Empty where every one takes it for text.
/// Covers YAML 1.1 and the core schema of YAML 1.2, because a manifest is read
/// by both: editors use the latter, PyYAML and many tools the former.
[[nodiscard]] std::string_view other_type_of(std::string_view text) noexcept;

/// `text`, which is UTF-8 without C1 controls, as a YAML scalar on one line: bare where it is a
/// name or words that every reader takes for text, in double quotes otherwise.
[[nodiscard]] std::string write_scalar(std::string_view text);

}  // namespace blindfold::manifest
