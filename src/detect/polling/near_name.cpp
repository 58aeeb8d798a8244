#include "detect/polling/near_name.hpp"

#include <algorithm>
#include <array>

namespace blindfold::detect {
namespace {

constexpr std::array<std::string_view, 4> endings{"secrets", "secret", "credentials", "creds"};

// Kubernetes: a DNS subdomain.
constexpr std::size_t longest_name = 253;

bool is_separator(char character) noexcept {
  return character == '-' || character == '.' || character == '_';
}

void add(std::vector<std::string>& names, std::string_view original, std::string name) {
  if (name != original && !name.empty() && name.size() <= longest_name &&
      !is_separator(name.front()) && !is_separator(name.back()) &&
      std::ranges::find(names, name) == names.end()) {
    names.push_back(std::move(name));
  }
}

std::string swapped(std::string_view name, char from, char to) {
  std::string result(name);
  std::ranges::replace(result, from, to);
  return result;
}

std::string without_separators(std::string_view name) {
  std::string result(name);
  std::erase_if(result, is_separator);
  return result;
}

}  // namespace

std::string plain_name(std::string_view name) {
  std::string plain;
  for (const char character : name) {
    if (!is_separator(character)) {
      const bool upper = character >= 'A' && character <= 'Z';
      plain += upper ? static_cast<char>(character - 'A' + 'a') : character;
    }
  }
  for (const std::string_view ending : endings) {
    if (plain.size() > ending.size() && plain.ends_with(ending)) {
      plain.resize(plain.size() - ending.size());
      break;
    }
  }
  if (plain.size() > 1 && plain.back() == 's') {
    plain.pop_back();
  }
  return plain;
}

std::vector<std::string> near_names(std::string_view name) {
  std::vector<std::string> names;
  for (const std::string_view ending : {"-secret", "-secrets", "-credentials"}) {
    if (name.ends_with(ending)) {
      add(names, name, std::string(name.substr(0, name.size() - ending.size())));
    }
  }
  add(names, name, std::string(name) + "-secret");
  add(names, name, std::string(name) + "-credentials");
  add(names, name,
      name.ends_with('s') ? std::string(name.substr(0, name.size() - 1)) : std::string(name) + "s");
  add(names, name, swapped(name, '.', '-'));
  add(names, name, without_separators(name));
  return names;
}

}  // namespace blindfold::detect
