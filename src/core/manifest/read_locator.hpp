#pragma once

#include <optional>

#include "core/manifest/fields.hpp"
#include "core/manifest/manifest.hpp"
#include "core/model/locator.hpp"

namespace blindfold::manifest {

/// A requirement's `store:`.
[[nodiscard]] std::optional<model::Locator> read_locator(Context& context, TreeNode node);

/// A setting's `store:`.
[[nodiscard]] std::optional<ConfigMapLocator> read_config_map_locator(Context& context,
                                                                      TreeNode node);

/// A namespace that may be looked at.
[[nodiscard]] std::optional<std::string> read_namespace(Context& context, TreeNode node);

/// The keys that a locator names; empty for stores without keys.
[[nodiscard]] const std::vector<std::string>& keys_of(const model::Locator& locator) noexcept;

}  // namespace blindfold::manifest
