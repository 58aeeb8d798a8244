#include "show/draft/requirements.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace blindfold::draft {
namespace {

using Keys = std::vector<std::string>;
using Place = std::pair<std::string, std::string>;  // namespace, name

constexpr std::size_t longest_id = 63;

void add_new(Keys& keys, const std::string& key) {
  if (std::ranges::find(keys, key) == keys.end()) {
    keys.push_back(key);
  }
}

bool has(const Keys& keys, std::string_view key) noexcept {
  return std::ranges::find(keys, key) != keys.end();
}

/// The uses of one Secret.
class Merged final {
 public:
  void add(const SecretUse& use) {
    for (const std::string& key : use.keys) {
      add_new(use.optional ? optional_ : needed_, key);
    }
    required_ = required_ || !use.optional;
    if (type_.empty()) {
      type_ = use.type;
    }
    add_new(where_, use.where);
  }

  [[nodiscard]] DraftRequirement finish(Place place, std::string id) && {
    DraftRequirement made{.id = std::move(id),
                          .name_space = std::move(place.first),
                          .secret = std::move(place.second),
                          .required = required_,
                          .where = std::move(where_)};
    for (const std::string& key : optional_) {
      if (!has(needed_, key)) {
        (required_ ? made.optional_keys : needed_).push_back(key);
      }
    }
    made.keys = std::move(needed_);
    choose_type(made);
    return made;
  }

 private:
  void choose_type(DraftRequirement& made) const {
    const bool pair = has(made.keys, "tls.crt") && has(made.keys, "tls.key");
    made.type_guessed = type_.empty() && (pair || has(made.keys, ".dockerconfigjson"));
    if (!type_.empty()) {
      made.type = type_;
    } else if (made.type_guessed) {
      made.type = pair ? tls_type : docker_type;
    }
    if (made.type == tls_type) {
      add_new(made.keys, "tls.crt");
      add_new(made.keys, "tls.key");
    } else if (made.type == docker_type) {
      add_new(made.keys, ".dockerconfigjson");
    }
  }

  Keys needed_;
  Keys optional_;
  Keys where_;
  std::string type_;
  bool required_ = false;
};

/// An id that a manifest takes: the last character is no hyphen.
std::string cut(std::string text, std::size_t size) {
  text.resize(std::min(text.size(), size));
  text.resize(text.find_last_not_of('-') + 1);
  return text;
}

/// Ids from names, each another.
class Ids final {
 public:
  std::string next(const Place& place) {
    std::string name = place.second;
    std::ranges::replace(name, '.', '-');
    const std::string id = cut(name, longest_id);
    if (taken_.insert(id).second) {
      return id;
    }
    const std::string with_namespace = cut(id + "-" + place.first, longest_id);
    return taken_.insert(with_namespace).second ? with_namespace : numbered(id);
  }

 private:
  std::string numbered(const std::string& id) {
    for (int number = 2;; ++number) {
      const std::string ending = "-" + std::to_string(number);
      std::string made = cut(id, longest_id - ending.size()) + ending;
      if (taken_.insert(made).second) {
        return made;
      }
    }
  }

  std::set<std::string> taken_;
};

/// Where one of the two namespaces is not said, they may be the same.
bool creates(const CreatedSecret& created, const Place& place) noexcept {
  return created.name == place.second &&
         (created.name_space == place.first || created.name_space.empty() || place.first.empty());
}

/// Charts often say the namespace for some objects only: where one namespace
/// alone is said for a name, it is that one for all of its uses.
class Namespaces final {
 public:
  explicit Namespaces(const std::vector<SecretUse>& uses) {
    for (const SecretUse& use : uses) {
      if (!use.name_space.empty()) {
        said_[use.name].insert(use.name_space);
      }
    }
  }

  [[nodiscard]] Place place_of(const SecretUse& use) const {
    const auto said = said_.find(use.name);
    if (use.name_space.empty() && said != said_.end() && said->second.size() == 1) {
      return {*said->second.begin(), use.name};
    }
    return {use.name_space, use.name};
  }

 private:
  std::map<std::string, std::set<std::string>> said_;
};

}  // namespace

Draft gather(const Findings& findings) {
  const Namespaces namespaces(findings.uses());
  std::vector<Place> order;
  std::map<Place, Merged> merged;
  Draft draft;
  for (const SecretUse& use : findings.uses()) {
    const Place place = namespaces.place_of(use);
    const auto [found, is_new] = merged.try_emplace(place);
    found->second.add(use);
    if (is_new) {
      order.push_back(place);
    }
  }
  Ids ids;
  for (const Place& place : order) {
    const auto created = std::ranges::find_if(
        findings.created(), [&place](const CreatedSecret& one) { return creates(one, place); });
    if (created != findings.created().end()) {
      draft.created.push_back({place.first, place.second});
    } else {
      draft.requirements.push_back(
          std::move(merged.find(place)->second).finish(place, ids.next(place)));
    }
  }
  return draft;
}

}  // namespace blindfold::draft
