#include "core/manifest/read_locator.hpp"

#include <array>
#include <utility>

#include "core/manifest/rules.hpp"
#include "core/model/arn.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::array<std::string_view, 5> store_keys{"kubernetes", "aws-secrets-manager",
                                                     "aws-parameter-store", "mount", "directory"};
constexpr std::array<std::string_view, 4> kubernetes_keys{"namespace", "secret", "keys", "type"};
constexpr std::array<std::string_view, 2> secrets_manager_keys{"region", "name"};
constexpr std::array<std::string_view, 3> parameter_store_keys{"region", "name", "type"};
constexpr std::array<std::string_view, 2> file_keys{"path", "keys"};
constexpr std::array<std::string_view, 1> setting_store_keys{"kubernetes"};
constexpr std::array<std::string_view, 3> config_map_keys{"namespace", "config-map", "key"};
constexpr std::array<std::string_view, 3> parameter_types{"SecureString", "String", "StringList"};

void read_into(Context& context, std::optional<TreeNode> node, const Rule& rule,
               std::string& target) {
  if (node) {
    assign(target, read_text(context, *node, rule));
  }
}

void read_keys(Context& context, Fields& fields, const Rule& rule,
               std::vector<std::string>& target) {
  if (const auto node = fields.get("keys")) {
    target = read_texts(context, *node, rule);
  }
}

model::Locator read_kubernetes(Context& context, TreeNode node) {
  Fields fields(context, node, "a Kubernetes store", kubernetes_keys);
  model::KubernetesLocator locator;
  if (const auto name_space = fields.get("namespace")) {
    assign(locator.name_space, read_namespace(context, *name_space));
  }
  read_into(context, fields.need("secret"), rules::kubernetes_name, locator.secret);
  read_keys(context, fields, rules::kubernetes_key, locator.keys);
  read_into(context, fields.get("type"), rules::kubernetes_type, locator.type);
  return locator;
}

/// Name and region; an ARN says the region itself.
void read_aws_place(Context& context, Fields& fields, const Rule& rule, std::string& name,
                    std::string& region) {
  read_into(context, fields.get("region"), rules::aws_region, region);
  const auto node = fields.need("name");
  read_into(context, node, rule, name);
  const auto arn = model::parse_arn(name);
  if (!arn) {
    return;
  }
  if (!region.empty() && region != arn->region) {
    context.error(*node,
                  "the ARN is of " + quoted(arn->region) + ", and `region` says " + quoted(region),
                  "leave `region` out: the ARN says it");
  }
  region = arn->region;
}

model::Locator read_secrets_manager(Context& context, TreeNode node) {
  Fields fields(context, node, "a Secrets Manager store", secrets_manager_keys);
  model::SecretsManagerLocator locator;
  read_aws_place(context, fields, rules::secrets_manager_name, locator.name, locator.region);
  return locator;
}

model::Locator read_parameter_store(Context& context, TreeNode node) {
  Fields fields(context, node, "a Parameter Store store", parameter_store_keys);
  model::ParameterStoreLocator locator;
  read_aws_place(context, fields, rules::parameter_name, locator.name, locator.region);
  if (const auto type = fields.get("type")) {
    if (const auto found = read_name(context, *type, parameter_types)) {
      locator.type = parameter_types[*found];
    }
  }
  return locator;
}

void read_folder(Context& context, Fields& fields, std::string& path,
                 std::vector<std::string>& keys) {
  if (const auto node = fields.need("path")) {
    assign(path, read_path(context, *node));
  }
  read_keys(context, fields, rules::file_key, keys);
}

model::Locator read_mount(Context& context, TreeNode node) {
  Fields fields(context, node, "a mount store", file_keys);
  model::MountLocator locator;
  read_folder(context, fields, locator.path, locator.keys);
  return locator;
}

model::Locator read_directory(Context& context, TreeNode node) {
  Fields fields(context, node, "a directory store", file_keys);
  model::DirectoryLocator locator;
  if (!fields.has("keys") && node.kind() == NodeKind::map) {
    context.error(node, "`keys` is missing in a directory store",
                  "name the files that must be there: keys: [password]");
  }
  read_folder(context, fields, locator.path, locator.keys);
  return locator;
}

using Reader = model::Locator (*)(Context&, TreeNode);

// In the order of store_keys.
constexpr std::array<Reader, 5> readers{read_kubernetes, read_secrets_manager, read_parameter_store,
                                        read_mount, read_directory};

}  // namespace

std::optional<model::Locator> read_locator(Context& context, TreeNode node) {
  Fields fields(context, node, "a store", store_keys);
  std::optional<model::Locator> locator;
  std::size_t named = 0;
  for (std::size_t i = 0; i < store_keys.size(); ++i) {
    if (!fields.has(store_keys[i])) {
      continue;
    }
    ++named;
    if (const auto value = fields.get(store_keys[i])) {
      locator = readers[i](context, *value);
    }
  }
  if (node.kind() == NodeKind::map && (named > 1 || node.pairs() == 0)) {
    context.error(
        node,
        "a store is one place, and this names " + std::string(named == 0 ? "none" : "several"),
        "write one of " + listed(store_keys, "and"));
  }
  return locator;
}

std::optional<ConfigMapLocator> read_config_map_locator(Context& context, TreeNode node) {
  Fields store(context, node, "a setting's store", setting_store_keys);
  const auto value = store.need("kubernetes");
  if (!value) {
    return std::nullopt;
  }
  Fields fields(context, *value, "a setting's Kubernetes store", config_map_keys);
  ConfigMapLocator locator;
  if (const auto name_space = fields.get("namespace")) {
    assign(locator.name_space, read_namespace(context, *name_space));
  }
  read_into(context, fields.need("config-map"), rules::kubernetes_name, locator.config_map);
  read_into(context, fields.need("key"), rules::kubernetes_key, locator.key);
  return locator;
}

std::optional<std::string> read_namespace(Context& context, TreeNode node) {
  auto name = read_text(context, node, rules::kubernetes_namespace);
  if (name == "kube-system") {
    context.error(node, "`kube-system` is refused: the cluster's own credentials are in it",
                  "put the application into a namespace of its own");
    return std::nullopt;
  }
  return name;
}

const std::vector<std::string>& keys_of(const model::Locator& locator) noexcept {
  static const std::vector<std::string> none;
  switch (model::store_of(locator)) {
    case model::StoreKind::kubernetes:
      return std::get_if<model::KubernetesLocator>(&locator)->keys;
    case model::StoreKind::mount:
      return std::get_if<model::MountLocator>(&locator)->keys;
    case model::StoreKind::directory:
      return std::get_if<model::DirectoryLocator>(&locator)->keys;
    case model::StoreKind::aws_secrets_manager:
    case model::StoreKind::aws_parameter_store:
      return none;
  }
  return none;
}

}  // namespace blindfold::manifest
