#include "core/manifest/characters.hpp"

#include <algorithm>

namespace blindfold::manifest {
namespace {

bool is_lower(char c) noexcept {
  return c >= 'a' && c <= 'z';
}

}  // namespace

bool is_digit(char c) noexcept {
  return c >= '0' && c <= '9';
}

bool is_letter(char c) noexcept {
  return is_lower(c) || (c >= 'A' && c <= 'Z');
}

bool is_alphanumeric(char c) noexcept {
  return is_letter(c) || is_digit(c);
}

bool consists_of(std::string_view text, std::string_view others, std::size_t longest) noexcept {
  return !text.empty() && text.size() <= longest && std::ranges::all_of(text, [others](char c) {
    return is_alphanumeric(c) || others.find(c) != std::string_view::npos;
  });
}

bool is_label(std::string_view text, bool upper, std::size_t longest) noexcept {
  if (!consists_of(text, "-", longest) || text.front() == '-' || text.back() == '-') {
    return false;
  }
  return upper || std::ranges::none_of(text, [](char c) { return is_letter(c) && !is_lower(c); });
}

bool is_labels(std::string_view text, bool upper, std::size_t longest_label) noexcept {
  if (text.size() > 253) {
    return false;
  }
  for (std::size_t begin = 0;;) {
    const std::size_t dot = std::min(text.find('.', begin), text.size());
    if (!is_label(text.substr(begin, dot - begin), upper, longest_label)) {
      return false;
    }
    if (dot == text.size()) {
      return true;
    }
    begin = dot + 1;
  }
}

}  // namespace blindfold::manifest
