#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "core/model/standing.hpp"

namespace blindfold::support {

/// 2026-11-23T12:00:00Z and some seconds.
inline base::SystemTime at(int seconds = 0) {
  using namespace std::chrono;
  return sys_days(year(2026) / 11 / 23) + hours(12) + std::chrono::seconds(seconds);
}

inline model::Requirement in_directory(std::string id, std::string title = {},
                                       std::vector<std::string> keys = {"password"}) {
  model::Requirement requirement;
  requirement.title = title.empty() ? id : std::move(title);
  requirement.locator = model::DirectoryLocator{"/var/lib/app/" + id, std::move(keys)};
  requirement.id = std::move(id);
  return requirement;
}

/// Standings and what they point to.
class Standings final {
 public:
  model::Standing& add(model::Requirement requirement, model::Presence presence,
                       model::Details details = {}) {
    const model::Requirement& kept = requirements_.emplace_back(std::move(requirement));
    model::Standing standing{.requirement = &kept,
                             .required = kept.required,
                             .presence = presence,
                             .since = at(-2),
                             .rotated_at = {},
                             .answered_at = at(),
                             .sight = {model::SightLevel::kernel, {}, {}},
                             .details = std::move(details)};
    model::Standing& added = standings_.emplace_back(std::move(standing));
    pointers_.push_back(&added);
    return added;
  }

  [[nodiscard]] const std::vector<const model::Standing*>& all() const { return pointers_; }

 private:
  std::deque<model::Requirement> requirements_;
  std::deque<model::Standing> standings_;
  std::vector<const model::Standing*> pointers_;
};

}  // namespace blindfold::support
