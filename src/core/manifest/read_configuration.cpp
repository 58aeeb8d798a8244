#include <array>
#include <unordered_map>

#include "core/manifest/read.hpp"
#include "core/manifest/read_locator.hpp"
#include "core/manifest/read_parts.hpp"
#include "core/manifest/rules.hpp"
#include "core/manifest/top_level.hpp"
#include "core/manifest/yaml.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::array<std::string_view, 13> top_keys{
    "schema",    "deployment", "manifests", "defaults",     "allow",    "override", "require-sight",
    "reactions", "agent",      "vendor",    "requirements", "settings", "groups"};
constexpr std::array<std::string_view, 2> defaults_keys{"kubernetes", "aws"};
constexpr std::array<std::string_view, 1> kubernetes_defaults_keys{"namespace"};
constexpr std::array<std::string_view, 1> aws_defaults_keys{"region"};
constexpr std::array<std::string_view, 3> allow_keys{"namespaces", "paths", "names"};
constexpr std::array<std::string_view, 1> override_keys{"store"};

constexpr auto sights =
    std::to_array<Named<model::RequiredSight>>({{"enforced", model::RequiredSight::enforced},
                                                {"self", model::RequiredSight::self},
                                                {"wire", model::RequiredSight::wire},
                                                {"none", model::RequiredSight::none}});

std::vector<ManifestFile> read_manifest_files(Context& context, TreeNode node) {
  std::vector<ManifestFile> files;
  for (const TreeNode item : read_different(context, node, rules::path)) {
    if (auto path = context.absolute(item, item.text())) {
      files.push_back({std::string(item.text()), *std::move(path), context.origin(item)});
    }
  }
  return files;
}

Defaults read_defaults(Context& context, TreeNode node) {
  Fields fields(context, node, "`defaults`", defaults_keys);
  Defaults defaults;
  if (const auto kubernetes = fields.get("kubernetes")) {
    Fields inner(context, *kubernetes, "the defaults of Kubernetes", kubernetes_defaults_keys);
    if (const auto name_space = inner.get("namespace")) {
      assign(defaults.name_space, read_namespace(context, *name_space));
    }
  }
  if (const auto aws = fields.get("aws")) {
    Fields inner(context, *aws, "the defaults of AWS", aws_defaults_keys);
    if (const auto region = inner.get("region")) {
      assign(defaults.region, read_text(context, *region, rules::aws_region));
    }
  }
  return defaults;
}

Override read_override(Context& context, TreeNode key, TreeNode node) {
  Override override{{}, Skip{}, context.origin(key)};
  assign(override.id, read_text(context, key, rules::id));
  if (node.kind() == NodeKind::scalar && node.text() == "skip") {
    return override;
  }
  if (node.kind() != NodeKind::map) {
    context.error(node, "`override` needs a store or `skip` here", "write `skip`, or { store: … }");
    return override;
  }
  Fields fields(context, node, "`override`", override_keys);
  if (const auto store = fields.need("store")) {
    if (auto locator = read_locator(context, *store)) {
      override.instead = *std::move(locator);
    }
  }
  return override;
}

void check_different(Context& context, TreeNode node) {
  std::unordered_map<std::string_view, std::uint32_t> lines;
  for (std::size_t i = 0; i < node.pairs(); ++i) {
    const TreeNode key = node.key(i);
    const auto [first, is_new] = lines.try_emplace(key.text(), key.where().line);
    if (!is_new) {
      context.error(key, quoted(key.text()) + " is there twice: first on line " +
                             std::to_string(first->second));
    }
  }
}

void read_operator_part(Context& context, Fields& fields, Configuration& configuration) {
  if (const auto deployment = fields.get("deployment")) {
    assign(configuration.deployment, read_text(context, *deployment, rules::id));
  }
  if (const auto manifests = fields.get("manifests")) {
    configuration.manifests = read_manifest_files(context, *manifests);
  }
  if (const auto defaults = fields.get("defaults")) {
    configuration.defaults = read_defaults(context, *defaults);
  }
  if (const auto allow = fields.get("allow")) {
    configuration.allow = read_allow(context, *allow);
  }
  if (const auto override = fields.get("override")) {
    configuration.overrides = read_overrides(context, *override);
  }
  if (const auto sight = fields.get("require-sight")) {
    assign(configuration.require_sight, read_choice(context, *sight, sights));
  }
  if (const auto reactions = fields.get("reactions")) {
    configuration.reactions = read_reactions(context, *reactions);
  }
  if (const auto agent = fields.get("agent")) {
    configuration.agent = read_agent_settings(context, *agent);
  }
}

}  // namespace

Allow read_allow(Context& context, TreeNode node) {
  Fields fields(context, node, "`allow`", allow_keys);
  const model::Origin origin = context.origin(node);
  Allow allow{{{}, origin}, {{}, origin}, {{}, origin}};
  if (const auto namespaces = fields.get("namespaces")) {
    allow.namespaces.origin = context.origin(*namespaces);
    allow.namespaces.items = read_texts(context, *namespaces, rules::kubernetes_namespace);
  }
  if (const auto paths = fields.get("paths")) {
    allow.paths.origin = context.origin(*paths);
    for (const TreeNode path : read_different(context, *paths, rules::path)) {
      if (auto absolute = context.absolute(path, path.text())) {
        allow.paths.items.push_back(*std::move(absolute));
      }
    }
  }
  if (const auto names = fields.get("names")) {
    allow.names.origin = context.origin(*names);
    allow.names.items = read_texts(context, *names, rules::name_pattern);
  }
  return allow;
}

std::vector<Override> read_overrides(Context& context, TreeNode node) {
  std::vector<Override> overrides;
  if (!is_map(context, node, "`override`")) {
    return overrides;
  }
  check_different(context, node);
  for (std::size_t i = 0; i < node.pairs() && !context.problems().full(); ++i) {
    overrides.push_back(read_override(context, node.key(i), node.value(i)));
  }
  return overrides;
}

std::expected<Configuration, Diagnostics> read_configuration(const Source& source) {
  const auto document = parse(source);
  if (!document) {
    return std::unexpected(document.error());
  }
  Context context(source);
  const TreeNode root = document->root();
  Fields fields(context, root, "a configuration", top_keys);
  if (!context.problems().any() && !fields.has("manifests") && !fields.has("requirements") &&
      !fields.has("settings")) {
    context.error(root, "this configuration requires nothing",
                  "name files under `manifests:`, or write `requirements:` here");
  }
  check_schema(context, fields);
  Configuration configuration;
  read_operator_part(context, fields, configuration);
  configuration.manifest = read_manifest_part(context, manifest_nodes(fields));
  if (context.problems().any()) {
    return std::unexpected(context.problems().take());
  }
  return configuration;
}

}  // namespace blindfold::manifest
