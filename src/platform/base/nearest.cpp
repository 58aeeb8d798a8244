#include "platform/base/nearest.hpp"

#include <algorithm>
#include <array>
#include <cstddef>

namespace blindfold::base {
namespace {

constexpr std::size_t longest_name = 64;

char fold(char c) noexcept {
  if (c >= 'A' && c <= 'Z') {
    return static_cast<char>(c - 'A' + 'a');
  }
  return c == '_' || c == '.' ? '-' : c;
}

// Optimal string alignment distance (Damerau-Levenshtein without repeated edits).
std::size_t distance(std::string_view a, std::string_view b) noexcept {
  using Row = std::array<std::size_t, longest_name + 1>;
  Row before_last{};
  Row last{};
  Row row{};
  for (std::size_t j = 0; j <= b.size(); ++j) {
    last[j] = j;
  }
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t substitution = fold(a[i - 1]) == fold(b[j - 1]) ? 0 : 1;
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + substitution});
      if (i > 1 && j > 1 && fold(a[i - 1]) == fold(b[j - 2]) && fold(a[i - 2]) == fold(b[j - 1])) {
        row[j] = std::min(row[j], before_last[j - 2] + 1);
      }
    }
    before_last = last;
    last = row;
  }
  return last[b.size()];
}

}  // namespace

std::optional<std::string_view> nearest(std::string_view name,
                                        std::span<const std::string_view> candidates) noexcept {
  if (name.size() > longest_name) {
    return std::nullopt;
  }
  std::optional<std::string_view> best;
  std::size_t best_distance = 3;
  for (const std::string_view candidate : candidates) {
    const std::size_t longer = std::max(name.size(), candidate.size());
    // Each letter more or less is an edit.
    if (longer > longest_name ||
        longer - std::min(name.size(), candidate.size()) >= best_distance) {
      continue;
    }
    const std::size_t edits = distance(name, candidate);
    if (edits < best_distance && edits * 3 <= candidate.size()) {
      best = candidate;
      best_distance = edits;
    }
  }
  return best;
}

}  // namespace blindfold::base
