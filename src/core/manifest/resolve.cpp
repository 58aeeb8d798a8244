#include <algorithm>
#include <iterator>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "core/manifest/allow.hpp"
#include "core/manifest/deployment.hpp"
#include "core/manifest/problems.hpp"
#include "core/manifest/unique.hpp"

namespace blindfold::manifest {
namespace {

template <class T>
void append(std::vector<T>& to, std::vector<T>& from) {
  to.insert(to.end(), std::make_move_iterator(from.begin()), std::make_move_iterator(from.end()));
  from.clear();
}

void fill(std::string& target, const std::string& value) {
  if (target.empty()) {
    target = value;
  }
}

/// Fills in what a locator does not say itself.
struct FillDefaults {
  const Defaults& defaults;

  void operator()(model::KubernetesLocator& at) const { fill(at.name_space, defaults.name_space); }
  void operator()(model::SecretsManagerLocator& at) const { fill(at.region, defaults.region); }
  void operator()(model::ParameterStoreLocator& at) const { fill(at.region, defaults.region); }
  void operator()(model::MountLocator&) const {}
  void operator()(model::DirectoryLocator&) const {}
};

/// Ids that may be mentioned.
class Known final {
 public:
  /// `items` outlive it, with their ids as they are.
  template <class T>
  explicit Known(const std::vector<T>& items) {
    for (const T& item : items) {
      if (ids_.insert(item.id).second) {
        names_.push_back(item.id);
      }
    }
  }

  void check(Problems& problems, std::string_view id, const model::Origin& origin,
             std::string_view kind) const {
    if (!ids_.contains(id)) {
      problems.add(origin, "there is no " + std::string(kind) + " " + quoted(id),
                   problems.suggest(id, names_));
    }
  }

 private:
  std::unordered_set<std::string_view> ids_;
  std::vector<std::string_view> names_;
};

class Resolver final {
 public:
  Resolver(Configuration& configuration, std::vector<Manifest>& manifests);

  [[nodiscard]] std::expected<Deployment, Diagnostics> run();

 private:
  void fill_defaults();
  void apply_overrides();
  void apply(const Override& override, model::Requirement& requirement);
  void check_places();
  void check_mentions();
  void check_conditions();

  Configuration& configuration_;
  Deployment deployment_;
  Problems problems_;
  std::unordered_set<std::string_view> overridden_;
};

Resolver::Resolver(Configuration& configuration, std::vector<Manifest>& manifests)
    : configuration_(configuration) {
  const auto take = [this](Manifest& manifest) {
    append(deployment_.requirements, manifest.requirements);
    append(deployment_.settings, manifest.settings);
    append(deployment_.groups, manifest.groups);
  };
  take(configuration.manifest);
  for (Manifest& manifest : manifests) {
    take(manifest);
  }
  deployment_.name = std::move(configuration.deployment);
  deployment_.require_sight = configuration.require_sight;
  deployment_.reactions = std::move(configuration.reactions);
  deployment_.agent = std::move(configuration.agent);
}

void Resolver::apply(const Override& override, model::Requirement& requirement) {
  if (const auto* const locator = std::get_if<model::Locator>(&override.instead)) {
    requirement.locator = *locator;
    overridden_.insert(override.id);
    return;
  }
  if (requirement.required) {
    problems_.add(override.origin,
                  quoted(override.id) + " is required, so it cannot be skipped: see " +
                      place(requirement.origin),
                  "say where it is: { store: … }");
  }
  requirement.skipped = true;
}

void Resolver::apply_overrides() {
  std::unordered_map<std::string_view, model::Requirement*> by_id;
  for (model::Requirement& requirement : deployment_.requirements) {
    by_id.try_emplace(requirement.id, &requirement);
  }
  const Known requirements(deployment_.requirements);
  for (const Override& override : configuration_.overrides) {
    const auto found = by_id.find(override.id);
    if (found == by_id.end()) {
      requirements.check(problems_, override.id, override.origin, "requirement");
    } else {
      apply(override, *found->second);
    }
  }
}

void Resolver::fill_defaults() {
  const Defaults& defaults = configuration_.defaults;
  for (model::Requirement& requirement : deployment_.requirements) {
    std::visit(FillDefaults{defaults}, requirement.locator);
  }
  for (Setting& setting : deployment_.settings) {
    fill(setting.locator.name_space, defaults.name_space);
  }
  for (Reaction& reaction : deployment_.reactions) {
    if (auto* const rollout = std::get_if<Rollout>(&reaction.action)) {
      fill(rollout->name_space, defaults.name_space);
    }
  }
}

void Resolver::check_places() {
  if (!configuration_.allow) {
    return;
  }
  for (const model::Requirement& requirement : deployment_.requirements) {
    if (!requirement.skipped && !overridden_.contains(requirement.id)) {
      check_allowed(problems_, *configuration_.allow, requirement);
    }
  }
  for (const Setting& setting : deployment_.settings) {
    check_allowed(problems_, *configuration_.allow, setting);
  }
}

void Resolver::check_mentions() {
  const Known requirements(deployment_.requirements);
  for (const Group& group : deployment_.groups) {
    for (const Mention& id : group.ids) {
      requirements.check(problems_, id.text, id.origin, "requirement");
    }
  }
  for (const Reaction& reaction : deployment_.reactions) {
    if (reaction.on) {
      for (const Mention& id : *reaction.on) {
        requirements.check(problems_, id.text, id.origin, "requirement");
      }
    }
  }
}

void Resolver::check_conditions() {
  std::unordered_map<std::string_view, const Setting*> by_id;
  for (const Setting& setting : deployment_.settings) {
    by_id.try_emplace(setting.id, &setting);
  }
  const Known settings(deployment_.settings);
  for (const model::Requirement& requirement : deployment_.requirements) {
    if (!requirement.when) {
      continue;
    }
    const auto found = by_id.find(requirement.when->setting);
    if (found == by_id.end()) {
      settings.check(problems_, requirement.when->setting, requirement.origin, "setting");
    } else if (!matches(found->second->format, found->second->choices, requirement.when->is)) {
      problems_.add(requirement.origin, "the setting " + quoted(requirement.when->setting) +
                                            " can never be " + quoted(requirement.when->is) +
                                            ": see " + place(found->second->origin));
    }
  }
}

std::expected<Deployment, Diagnostics> Resolver::run() {
  apply_overrides();
  fill_defaults();
  check_places();
  check_requirements(problems_, deployment_.requirements);
  check_settings(problems_, deployment_.settings);
  check_groups(problems_, deployment_.groups);
  check_mentions();
  check_conditions();
  if (problems_.any()) {
    return std::unexpected(problems_.take());
  }
  return std::move(deployment_);
}

}  // namespace

std::expected<Deployment, Diagnostics> resolve(Configuration configuration,
                                               std::vector<Manifest> manifests) {
  return Resolver(configuration, manifests).run();
}

}  // namespace blindfold::manifest
