#pragma once

#include <string>
#include <string_view>

namespace blindfold::manifest {

/// `path`, from `folder` on where it is relative, without `.`, `..`, doubled and
/// trailing slashes: by its text alone, no link is followed. Relative where
/// `folder` is.
[[nodiscard]] std::string resolved_path(std::string_view folder, std::string_view path);

/// The folder part of `file`: "." where it has none.
[[nodiscard]] std::string_view folder_of(std::string_view file) noexcept;

/// Whether `path` is `folder` or beneath it. Both are results of resolved_path().
[[nodiscard]] bool covers(std::string_view folder, std::string_view path) noexcept;

}  // namespace blindfold::manifest
