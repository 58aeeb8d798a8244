#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/manifest/configuration.hpp"
#include "core/manifest/fields.hpp"
#include "core/manifest/manifest.hpp"

namespace blindfold::manifest {

/// The parts of both files, each read from its node.

[[nodiscard]] model::Requirement read_requirement(Context& context, TreeNode node);
[[nodiscard]] Setting read_setting(Context& context, TreeNode node);
/// The values of the vendor's keys, each absent or not null.
struct ManifestNodes {
  std::optional<TreeNode> vendor;
  std::optional<TreeNode> requirements;
  std::optional<TreeNode> settings;
  std::optional<TreeNode> groups;
};
[[nodiscard]] Manifest read_manifest_part(Context& context, const ManifestNodes& nodes);

[[nodiscard]] Allow read_allow(Context& context, TreeNode node);
[[nodiscard]] std::vector<Override> read_overrides(Context& context, TreeNode node);
[[nodiscard]] std::vector<Reaction> read_reactions(Context& context, TreeNode node);
[[nodiscard]] AgentSettings read_agent_settings(Context& context, TreeNode node);

/// A list of ids, each there once.
[[nodiscard]] std::vector<Mention> read_mentions(Context& context, TreeNode node);

}  // namespace blindfold::manifest
