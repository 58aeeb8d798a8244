#include "core/manifest/allow.hpp"

#include <algorithm>
#include <string>
#include <variant>

#include "core/manifest/path.hpp"

namespace blindfold::manifest {
namespace {

/// Checks one item of the manifest.
class Check final {
 public:
  Check(Problems& problems, const Allow& allow, std::string_view id, const model::Origin& origin)
      : problems_(problems), allow_(allow), id_(id), origin_(origin) {}

  void name_space(std::string_view name) {
    if (name.empty()) {
      problems_.add(origin_,
                    "`allow.namespaces` in " + place(allow_.namespaces.origin) + " cannot cover " +
                        quoted(id_) + ", which names no namespace",
                    "set it under defaults: { kubernetes: { namespace: … } }");
      return;
    }
    const auto& items = allow_.namespaces.items;
    if (std::ranges::find(items, name) == items.end()) {
      refuse("namespaces", "the namespace", name, allow_.namespaces);
    }
  }

  void path(std::string_view path) {
    const auto covers_path = [path](const std::string& folder) { return covers(folder, path); };
    if (std::ranges::none_of(allow_.paths.items, covers_path)) {
      refuse("paths", "the path", path, allow_.paths);
    }
  }

  void name(std::string_view name) {
    const auto covers_name = [name](const std::string& pattern) {
      return matches_pattern(pattern, name);
    };
    if (std::ranges::none_of(allow_.names.items, covers_name)) {
      refuse("names", "the name", name, allow_.names);
    }
  }

 private:
  void refuse(std::string_view key, std::string_view what, std::string_view name,
              const AllowList& list) {
    problems_.add(origin_,
                  quoted(id_) + " has " + std::string(what) + " " + quoted(name) +
                      ", which `allow." + std::string(key) + "` in " + place(list.origin) +
                      " does not cover",
                  "add it there if the manifest is right, or say under `override:` where " +
                      quoted(id_) + " is");
  }

  Problems& problems_;
  const Allow& allow_;
  std::string_view id_;
  const model::Origin& origin_;
};

/// Asks what each kind of place has to ask.
struct PlaceCheck {
  Check& check;

  void operator()(const model::KubernetesLocator& at) { check.name_space(at.name_space); }
  void operator()(const model::SecretsManagerLocator& at) { check.name(at.name); }
  void operator()(const model::ParameterStoreLocator& at) { check.name(at.name); }
  void operator()(const model::MountLocator& at) { check.path(at.path); }
  void operator()(const model::DirectoryLocator& at) { check.path(at.path); }
};

}  // namespace

void check_allowed(Problems& problems, const Allow& allow, const model::Requirement& requirement) {
  Check check(problems, allow, requirement.id, requirement.origin);
  std::visit(PlaceCheck{check}, requirement.locator);
}

void check_allowed(Problems& problems, const Allow& allow, const Setting& setting) {
  Check(problems, allow, setting.id, setting.origin).name_space(setting.locator.name_space);
}

bool matches_pattern(std::string_view pattern, std::string_view name) noexcept {
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t after_star = std::string_view::npos;  // where the pattern goes on
  std::size_t from = 0;                             // what the star has not taken yet
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      after_star = ++p;
      from = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p;
      ++n;
    } else if (after_star != std::string_view::npos) {
      p = after_star;
      n = ++from;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', p) == std::string_view::npos;
}

}  // namespace blindfold::manifest
