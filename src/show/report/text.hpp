#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "show/report/status.hpp"

namespace blindfold::report {

struct TextOptions {
  bool color = false;
  /// Columns of the terminal; 0 where there is none: then each requirement is
  /// one line, however long.
  std::size_t width = 0;
};

/// What `agent --once` prints for a person: a line for each requirement, what
/// does not fit beneath it, and the summary.
[[nodiscard]] std::string to_text(const Status& status, const TextOptions& options);

/// "Database password (database)"; the id alone where the title is the same.
[[nodiscard]] std::string name_of(const model::Requirement& requirement);

/// What is to be said of a standing beside its columns, each in words: its
/// details, sight `none`, staleness, and for what is red how to change it.
[[nodiscard]] std::vector<std::string> remarks_of(const model::Standing& standing);

}  // namespace blindfold::report
