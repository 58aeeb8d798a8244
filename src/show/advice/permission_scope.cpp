#include "show/advice/permission_scope.hpp"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "core/manifest/rules.hpp"
#include "show/report/words.hpp"

namespace blindfold::advice {
namespace {

using report::quoted;

/// The one of that name, added at the end where there is none.
template <class T>
T& of_name(std::vector<T>& all, const std::string& name) {
  const auto found = std::ranges::find(all, name, &T::name);
  if (found != all.end()) {
    return *found;
  }
  T& added = all.emplace_back();
  added.name = name;
  return added;
}

base::Error refused(base::ErrorKind kind, std::string what, std::string hint) {
  return {kind, std::move(what), std::move(hint)};
}

std::optional<base::Error> wrong_namespace(const std::string& id, const std::string& name) {
  if (name.empty()) {
    return refused(base::ErrorKind::usage, quoted(id) + " has no namespace",
                   "write one into defaults: of the configuration, or choose one with --namespace");
  }
  if (name == "kube-system") {
    return refused(base::ErrorKind::configuration,
                   quoted(id) +
                       " is in kube-system: whoever may create Secrets there can sign in "
                       "to the cluster",
                   "put the application into a namespace of its own");
  }
  if (!manifest::rules::kubernetes_namespace.accepts(name)) {
    return refused(base::ErrorKind::configuration,
                   quoted(id) + ": " + quoted(name) + " is not a namespace",
                   std::string(manifest::rules::kubernetes_namespace.form));
  }
  return std::nullopt;
}

/// Collects what is looked at, namespace by namespace.
class Collector final {
 public:
  explicit Collector(const std::string& name_space) : name_space_(name_space) {}

  /// `where` is the list of a namespace that it goes to.
  void add(const std::string& id, const std::string& name_space, const std::string& name,
           std::vector<NamedObject> NamespaceScope::* where) {
    const std::string& in = name_space.empty() ? name_space_ : name_space;
    if (error_) {
      return;
    }
    error_ = wrong_namespace(id, in);
    if (!error_ && !manifest::rules::kubernetes_name.accepts(name)) {
      error_ = refused(base::ErrorKind::configuration,
                       quoted(id) + ": " + quoted(name) + " is not a name in Kubernetes",
                       std::string(manifest::rules::kubernetes_name.form));
    }
    if (!error_) {
      of_name(of_name(namespaces_, in).*where, name).ids.push_back(id);
    }
  }

  [[nodiscard]] base::Result<std::vector<NamespaceScope>> take() && {
    if (error_) {
      return std::unexpected(*std::move(error_));
    }
    if (namespaces_.empty()) {
      return std::unexpected(refused(base::ErrorKind::usage, "nothing is in Kubernetes",
                                     "agent permissions --for files is for what is in files"));
    }
    return std::move(namespaces_);
  }

 private:
  const std::string& name_space_;
  std::vector<NamespaceScope> namespaces_;
  std::optional<base::Error> error_;
};

}  // namespace

base::Result<PermissionScope> permission_scope(
    std::span<const model::Requirement* const> requirements,
    std::span<const manifest::Setting> settings, const KubernetesPermissionOptions& options) {
  Collector collector(options.name_space);
  for (const model::Requirement* const requirement : requirements) {
    const auto* const at = std::get_if<model::KubernetesLocator>(&requirement->locator);
    if (at != nullptr && !requirement->skipped) {
      collector.add(requirement->id, at->name_space, at->secret, &NamespaceScope::secrets);
    }
  }
  for (const manifest::Setting& setting : settings) {
    collector.add(setting.id, setting.locator.name_space, setting.locator.config_map,
                  &NamespaceScope::config_maps);
  }
  auto namespaces = std::move(collector).take();
  if (!namespaces) {
    return std::unexpected(std::move(namespaces.error()));
  }
  PermissionScope scope{options.account, options.account_namespace, *std::move(namespaces)};
  if (scope.account_namespace.empty()) {
    scope.account_namespace = scope.namespaces.front().name;
  }
  if (auto error = wrong_namespace(scope.account, scope.account_namespace)) {
    error->kind = base::ErrorKind::usage;
    return std::unexpected(*std::move(error));
  }
  if (!manifest::rules::kubernetes_name.accepts(scope.account)) {
    return std::unexpected(refused(base::ErrorKind::usage,
                                   quoted(scope.account) + " cannot be a service account's name",
                                   std::string(manifest::rules::kubernetes_name.form)));
  }
  return scope;
}

}  // namespace blindfold::advice
