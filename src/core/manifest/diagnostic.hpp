#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/manifest/source.hpp"
#include "core/model/requirement.hpp"

namespace blindfold::manifest {

/// One thing that is wrong in a file. The texts may hold names as they stand in
/// the file: render() makes them safe to print.
struct Diagnostic {
  model::Origin where;
  std::string message;
  std::string hint;  ///< what to do; may be empty

  friend bool operator==(const Diagnostic&, const Diagnostic&) = default;
};

/// Sorted by file (in the order of reading), line and column.
using Diagnostics = std::vector<Diagnostic>;

/// How many of them render() shows.
inline constexpr std::size_t shown_diagnostics = 50;

/// For a person, each ending in a line feed:
///
///     agent.yaml:3:5: unknown key `debounse` in a reaction
///       3 |     debounse: 2s
///         |     ^
///       did you mean `debounce`?
///
/// The line is left out where `sources` has no such file. Columns count
/// characters. What a terminal would obey or hide is escaped, tabs become
/// spaces, and a long line is cut around the column.
[[nodiscard]] std::string render(const Diagnostics& diagnostics, std::span<const Source> sources);

}  // namespace blindfold::manifest
