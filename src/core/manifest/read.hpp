#pragma once

#include <cstddef>
#include <expected>

#include "core/manifest/configuration.hpp"
#include "core/manifest/diagnostic.hpp"
#include "core/manifest/manifest.hpp"
#include "core/manifest/source.hpp"

namespace blindfold::manifest {

/// The largest file that is read. Whoever loads one need not load more than a
/// byte beyond it: a longer text is refused.
inline constexpr std::size_t largest_file = 1'048'576;

/// Reads a file that `manifests:` names: the vendor's keys, and an error for
/// any other. Everything that is wrong in the file is in the diagnostics.
[[nodiscard]] std::expected<Manifest, Diagnostics> read_manifest(const Source& source);

/// Reads what `--config` names: a configuration, a manifest, or both in one.
[[nodiscard]] std::expected<Configuration, Diagnostics> read_configuration(const Source& source);

}  // namespace blindfold::manifest
