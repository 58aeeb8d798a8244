#pragma once

#include <expected>
#include <optional>
#include <string>
#include <vector>

#include "core/manifest/deployment.hpp"

namespace blindfold::app {

/// What the process is told to do, and the files that said so.
struct Loaded {
  manifest::Deployment deployment;
  std::vector<std::string> files;  ///< absolute, in the order in which they were read
};

/// Reads the configuration at `file`, or where design.md section 7 says it is,
/// and the manifests that it lists. The error is complete text for standard
/// error: every mistake of every file, each with its line shown, and how many
/// there are.
[[nodiscard]] std::expected<Loaded, std::string> load(const std::optional<std::string>& file);

}  // namespace blindfold::app
