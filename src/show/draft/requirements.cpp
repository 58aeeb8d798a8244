#include "show/draft/requirements.hpp"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <utility>

namespace blindfold::draft {
namespace {

using Place = std::pair<std::string, std::string>;  // namespace, name

constexpr std::size_t longest_id = 63;

/// The uses of one Secret.
class Merged final {
 public:
  void add(const SecretUse& use) {
    for (const std::string& key : use.keys) {
      (use.optional ? optional_ : needed_).add(key);
    }
    required_ = required_ || !use.optional;
    if (type_.empty()) {
      type_ = use.type;
    }
    where_.add(use.where);
  }

  [[nodiscard]] DraftRequirement finish(Place place, std::string id) && {
    DraftRequirement made{.id = std::move(id),
                          .name_space = std::move(place.first),
                          .secret = std::move(place.second),
                          .required = required_,
                          .where = where_.all()};
    for (const std::string& key : optional_.all()) {
      if (!required_) {
        needed_.add(key);
      } else if (!needed_.has(key)) {
        made.optional_keys.push_back(key);
      }
    }
    choose_type(made);
    made.keys = needed_.all();
    return made;
  }

 private:
  void choose_type(DraftRequirement& made) {
    const bool pair = needed_.has("tls.crt") && needed_.has("tls.key");
    made.type_guessed = type_.empty() && (pair || needed_.has(".dockerconfigjson"));
    if (!type_.empty()) {
      made.type = type_;
    } else if (made.type_guessed) {
      made.type = pair ? tls_type : docker_type;
    }
    if (made.type == tls_type) {
      needed_.add("tls.crt");
      needed_.add("tls.key");
    } else if (made.type == docker_type) {
      needed_.add(".dockerconfigjson");
    }
  }

  OrderedSet needed_;
  OrderedSet optional_;
  OrderedSet where_;
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

/// The Secrets that the text creates.
class Created final {
 public:
  explicit Created(const std::vector<CreatedSecret>& created) {
    for (const CreatedSecret& one : created) {
      in_[one.name].insert(one.name_space);
    }
  }

  /// Where one of two namespaces is not said, they may be the same.
  [[nodiscard]] bool has(const Place& place) const {
    const auto found = in_.find(place.second);
    return found != in_.end() && (place.first.empty() || found->second.contains("") ||
                                  found->second.contains(place.first));
  }

 private:
  std::map<std::string, std::set<std::string>> in_;
};

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
  const Created created(findings.created());
  Ids ids;
  for (const Place& place : order) {
    if (created.has(place)) {
      draft.created.push_back({place.first, place.second});
    } else {
      draft.requirements.push_back(
          std::move(merged.find(place)->second).finish(place, ids.next(place)));
    }
  }
  return draft;
}

}  // namespace blindfold::draft
