#include "show/draft/tree.hpp"

#include <cstddef>

namespace blindfold::draft {
namespace {

// Merged maps may merge others: a document that does so without end cannot be
// written, but one that does it often can.
constexpr int most_merged = 8;

std::optional<TreeNode> find_within(TreeNode map, std::string_view key, int merged) {
  std::optional<TreeNode> from;
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    if (map.key(i).text() == key) {
      return map.value(i);
    }
    if (map.key(i).text() == "<<") {
      from = map.value(i);
    }
  }
  if (!from || merged == most_merged) {
    return std::nullopt;
  }
  for (std::size_t i = 0; i < from->items(); ++i) {
    if (const auto found = find_within(from->item(i), key, merged + 1)) {
      return found;
    }
  }
  return find_within(*from, key, merged + 1);
}

}  // namespace

std::optional<TreeNode> find(TreeNode map, std::string_view key) {
  return find_within(map, key, 0);
}

std::optional<TreeNode> find(std::optional<TreeNode> map, std::string_view key) {
  return map ? find(*map, key) : std::nullopt;
}

std::string_view text_at(std::optional<TreeNode> map, std::string_view key) {
  const auto found = find(map, key);
  return found ? found->text() : std::string_view();
}

bool is_true(std::optional<TreeNode> map, std::string_view key) {
  return text_at(map, key) == "true";
}

}  // namespace blindfold::draft
