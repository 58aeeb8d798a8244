#pragma once

#include <array>
#include <optional>
#include <string_view>

#include "core/manifest/configuration.hpp"
#include "core/manifest/fields.hpp"
#include "core/manifest/manifest.hpp"

namespace blindfold::manifest {

/// The parts of both files, each read from its node.

[[nodiscard]] model::Requirement read_requirement(Context& context, Node node);
[[nodiscard]] Setting read_setting(Context& context, Node node);
/// The values of the vendor's keys, each absent or not null.
struct ManifestNodes {
  std::optional<Node> vendor;
  std::optional<Node> requirements;
  std::optional<Node> settings;
  std::optional<Node> groups;
};
[[nodiscard]] Manifest read_manifest_part(Context& context, const ManifestNodes& nodes);

[[nodiscard]] Allow read_allow(Context& context, Node node);
[[nodiscard]] std::vector<Override> read_overrides(Context& context, Node node);
[[nodiscard]] std::vector<Reaction> read_reactions(Context& context, Node node);
[[nodiscard]] AgentSettings read_agent_settings(Context& context, Node node);

/// A list of ids, each there once.
[[nodiscard]] std::vector<Mention> read_mentions(Context& context, Node node);

}  // namespace blindfold::manifest
