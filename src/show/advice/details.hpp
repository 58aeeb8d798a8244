#pragma once

#include <concepts>
#include <string>
#include <type_traits>
#include <variant>
#include <vector>

#include "core/model/detail.hpp"

namespace blindfold::advice {

/// The keys that a detail of one of the given kinds names.
template <class... Kinds>
[[nodiscard]] std::vector<std::string> keys_in(const model::Details& details) {
  std::vector<std::string> keys;
  for (const model::Detail& detail : details) {
    const auto add = [&keys](const auto& one) {
      if constexpr ((std::same_as<std::remove_cvref_t<decltype(one)>, Kinds> || ...)) {
        keys.push_back(one.key);
      }
    };
    std::visit(add, detail);
  }
  return keys;
}

/// The first detail of that kind; null where there is none.
template <class Kind>
[[nodiscard]] const Kind* find(const model::Details& details) noexcept {
  for (const model::Detail& detail : details) {
    if (const auto* const found = std::get_if<Kind>(&detail)) {
      return found;
    }
  }
  return nullptr;
}

template <class Kind>
[[nodiscard]] bool has(const model::Details& details) noexcept {
  return find<Kind>(details) != nullptr;
}

}  // namespace blindfold::advice
