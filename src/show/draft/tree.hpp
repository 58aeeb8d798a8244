#pragma once

#include <optional>
#include <string_view>

#include "core/manifest/document.hpp"

namespace blindfold::draft {

using manifest::NodeKind;
using manifest::TreeNode;

/// What stands under `key`, in `map` itself or in what it merges (`<<`);
/// nothing where `map` is no map.
[[nodiscard]] std::optional<TreeNode> find(TreeNode map, std::string_view key);
[[nodiscard]] std::optional<TreeNode> find(std::optional<TreeNode> map, std::string_view key);

/// The text there; empty where there is none.
[[nodiscard]] std::string_view text_at(std::optional<TreeNode> map, std::string_view key);

/// Whether `true` stands there.
[[nodiscard]] bool is_true(std::optional<TreeNode> map, std::string_view key);

/// Calls `use` for each item of the list under `key`.
template <class Use>
void each(std::optional<TreeNode> map, std::string_view key, Use use) {
  if (const auto list = find(map, key)) {
    for (std::size_t i = 0; i < list->items(); ++i) {
      use(list->item(i));
    }
  }
}

}  // namespace blindfold::draft
