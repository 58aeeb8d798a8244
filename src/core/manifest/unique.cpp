#include "core/manifest/unique.hpp"

#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <variant>

#include "core/manifest/read_locator.hpp"

namespace blindfold::manifest {
namespace {

template <class... Functions>
struct Overloaded : Functions... {
  using Functions::operator()...;
};

using Origins = std::unordered_map<std::string, const model::Origin*>;

/// The place without its keys, as a text that differs where places do; empty
/// where it is not known. Mounts and directories are both folders.
std::string place_in_store(const model::Locator& locator) {
  return std::visit(
      Overloaded{
          [](const model::KubernetesLocator& at) {
            return at.secret.empty() ? "" : "kubernetes\n" + at.name_space + "\n" + at.secret;
          },
          [](const model::SecretsManagerLocator& at) {
            return at.name.empty() ? "" : "secrets manager\n" + at.region + "\n" + at.name;
          },
          [](const model::ParameterStoreLocator& at) {
            return at.name.empty() ? "" : "parameter store\n" + at.region + "\n" + at.name;
          },
          [](const model::MountLocator& at) { return at.path.empty() ? "" : "folder\n" + at.path; },
          [](const model::DirectoryLocator& at) {
            return at.path.empty() ? "" : "folder\n" + at.path;
          },
      },
      locator);
}

const model::Origin* first_with(Origins& origins, std::string name, const model::Origin& origin) {
  const auto [found, is_new] = origins.try_emplace(std::move(name), &origin);
  return is_new ? nullptr : found->second;
}

/// What of `requirement`'s place somebody before it has, and remembers the rest.
/// A place without keys overlaps with every key in it.
const model::Origin* overlapping(Origins& places, Origins& keys, const std::string& at,
                                 const model::Requirement& requirement) {
  const auto& names = keys_of(requirement.locator);
  const auto whole = keys.find(at + "\n");
  if (whole != keys.end()) {
    return whole->second;
  }
  const model::Origin* const anybody = first_with(places, at, requirement.origin);
  if (names.empty()) {
    keys.try_emplace(at + "\n", &requirement.origin);
    return anybody;
  }
  const model::Origin* first = nullptr;
  for (const std::string& name : names) {
    std::string key = at;
    key.append("\n").append(name);
    const model::Origin* const other = first_with(keys, std::move(key), requirement.origin);
    first = first == nullptr ? other : first;
  }
  return first;
}

template <class T>
void check_ids(Problems& problems, std::span<const T> items) {
  Origins ids;
  for (const T& item : items) {
    const model::Origin* const first =
        item.id.empty() ? nullptr : first_with(ids, item.id, item.origin);
    if (first != nullptr) {
      problems.add(item.origin,
                   "the id " + quoted(item.id) + " is taken: first in " + place(*first),
                   "give one of the two another id");
    }
  }
}

}  // namespace

void check_requirements(Problems& problems, std::span<const model::Requirement> requirements) {
  check_ids(problems, requirements);
  Origins places;
  Origins keys;
  for (const model::Requirement& requirement : requirements) {
    const std::string at =
        requirement.skipped ? std::string() : place_in_store(requirement.locator);
    const model::Origin* const first =
        at.empty() ? nullptr : overlapping(places, keys, at, requirement);
    if (first != nullptr) {
      problems.add(requirement.origin,
                   quoted(requirement.id) +
                       " has the same place in its store as the requirement in " + place(*first),
                   "name different keys, or make the two one requirement");
    }
  }
}

void check_settings(Problems& problems, std::span<const Setting> settings) {
  check_ids(problems, settings);
  Origins places;
  for (const Setting& setting : settings) {
    const ConfigMapLocator& at = setting.locator;
    const model::Origin* const first =
        at.config_map.empty() || at.key.empty()
            ? nullptr
            : first_with(places, at.name_space + "\n" + at.config_map + "\n" + at.key,
                         setting.origin);
    if (first != nullptr) {
      problems.add(setting.origin,
                   quoted(setting.id) + " has the same place as the setting in " + place(*first));
    }
  }
}

void check_groups(Problems& problems, std::span<const Group> groups) {
  Origins ids;
  for (const Group& group : groups) {
    for (const Mention& id : group.ids) {
      const model::Origin* const first = first_with(ids, id.text, id.origin);
      if (first != nullptr) {
        problems.add(id.origin, quoted(id.text) + " is in a group already: in " + place(*first),
                     "make the two groups one");
      }
    }
  }
}

}  // namespace blindfold::manifest
