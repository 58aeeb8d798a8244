#pragma once

#include <optional>
#include <span>
#include <string_view>

namespace blindfold::base {

/// The candidate that is most like `name`, for "did you mean": at most two
/// edits (insertion, deletion, substitution, swap of neighbours) away and not
/// more than a third of its length, letter case and `-`, `_`, `.` counting as
/// equal. Nothing where none is near. Names over 64 bytes are never near.
[[nodiscard]] std::optional<std::string_view> nearest(
    std::string_view name, std::span<const std::string_view> candidates) noexcept;

}  // namespace blindfold::base
