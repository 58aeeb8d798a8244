#include "detect/files/near_miss.hpp"

#include <algorithm>

#include "platform/base/nearest.hpp"

namespace blindfold::detect {
namespace {

// "password" for "password.txt"; a name that begins with its only dot has no ending.
std::string_view without_ending(std::string_view name) noexcept {
  const std::size_t dot = name.rfind('.');
  return dot == std::string_view::npos || dot == 0 ? name : name.substr(0, dot);
}

}  // namespace

std::string near_miss(std::string_view key, const std::vector<std::string>& entries) {
  // The key itself is there where it is a link that leads nowhere.
  std::vector<std::string_view> names(entries.begin(), entries.end());
  std::erase(names, key);
  if (const auto found = base::nearest(key, names)) {
    return std::string(*found);
  }
  const auto same_stem = std::ranges::find_if(names, [key](std::string_view name) {
    return name == without_ending(key) || without_ending(name) == key ||
           without_ending(name) == without_ending(key);
  });
  return same_stem == names.end() ? std::string() : std::string(*same_stem);
}

}  // namespace blindfold::detect
