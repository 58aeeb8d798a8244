#include <algorithm>
#include <array>

#include "core/manifest/read.hpp"
#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"
#include "core/manifest/top_level.hpp"
#include "core/manifest/unique.hpp"
#include "core/manifest/yaml.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::array<std::string_view, 1> vendor_keys{"minisign"};

Group read_group(Context& context, TreeNode node) {
  Group group{read_mentions(context, node), context.origin(node)};
  if (node.kind() == NodeKind::sequence && node.items() == 1) {
    context.error(node, "a group needs two ids at least");
  }
  return group;
}

template <class T>
std::vector<T> read_each(Context& context, std::optional<TreeNode> list,
                         T (*read)(Context&, TreeNode)) {
  std::vector<T> items;
  if (!list) {
    return items;
  }
  const std::vector<TreeNode> nodes = read_list(context, *list);
  items.reserve(nodes.size());
  for (const TreeNode node : nodes) {
    if (context.problems().full()) {
      break;
    }
    items.push_back(read(context, node));
  }
  return items;
}

/// Keys that only the other file may hold are told apart from misspelt ones.
void refuse_operator_keys(Context& context, TreeNode map) {
  for (std::size_t i = 0; i < map.pairs() && !context.problems().full(); ++i) {
    const TreeNode key = map.key(i);
    if (std::ranges::find(operator_keys, key.text()) != operator_keys.end()) {
      context.error(key, "only the operator's configuration may hold " + quoted(key.text()),
                    "a manifest holds " + listed(vendor_top_keys, "and") + ", nothing else");
    }
  }
}

}  // namespace

void check_schema(Context& context, Fields& fields) {
  if (const auto schema = fields.need("schema")) {
    (void)read_text(context, *schema, rules::schema);
  }
}

ManifestNodes manifest_nodes(Fields& fields) {
  return {fields.get("vendor"), fields.get("requirements"), fields.get("settings"),
          fields.get("groups")};
}

std::vector<Mention> read_mentions(Context& context, TreeNode node) {
  std::vector<Mention> mentions;
  for (const TreeNode item : read_different(context, node, rules::id)) {
    mentions.push_back({std::string(item.text()), context.origin(item)});
  }
  return mentions;
}

Manifest read_manifest_part(Context& context, const ManifestNodes& nodes) {
  Manifest manifest;
  if (nodes.vendor) {
    Fields fields(context, *nodes.vendor, "`vendor`", vendor_keys);
    if (const auto key = fields.need("minisign")) {
      assign(manifest.minisign, read_text(context, *key, rules::minisign_key));
    }
  }
  manifest.requirements = read_each(context, nodes.requirements, read_requirement);
  manifest.settings = read_each(context, nodes.settings, read_setting);
  manifest.groups = read_each(context, nodes.groups, read_group);
  check_requirements(context.problems(), manifest.requirements);
  check_settings(context.problems(), manifest.settings);
  check_groups(context.problems(), manifest.groups);
  return manifest;
}

std::expected<Manifest, Diagnostics> read_manifest(const Source& source) {
  const auto document = parse(source);
  if (!document) {
    return std::unexpected(document.error());
  }
  Context context(source);
  const TreeNode root = document->root();
  refuse_operator_keys(context, root);
  Fields fields(context, root, "a manifest", vendor_top_keys, operator_keys);
  if (!context.problems().any() && !fields.has("requirements") && !fields.has("settings")) {
    context.error(root, "this manifest requires nothing", "write `requirements:`, or `settings:`");
  }
  check_schema(context, fields);
  Manifest manifest = read_manifest_part(context, manifest_nodes(fields));
  if (context.problems().any()) {
    return std::unexpected(context.problems().take());
  }
  return manifest;
}

}  // namespace blindfold::manifest
