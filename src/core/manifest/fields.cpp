#include "core/manifest/fields.hpp"

#include <algorithm>
#include <unordered_map>

#include "core/manifest/path.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::size_t longest_list = 1'000;

}  // namespace

model::Origin Context::origin(TreeNode node) const {
  const Position position = node.where();
  return {source_.file, position.line, position.column};
}

void Context::error(TreeNode node, std::string message, std::string hint) {
  problems_.add(origin(node), std::move(message), std::move(hint));
}

std::optional<std::string> Context::absolute(TreeNode node, std::string_view path) {
  const std::string_view folder =
      source_.folder.empty() ? folder_of(source_.file) : std::string_view(source_.folder);
  std::string resolved = resolved_path(folder, path);
  if (!resolved.starts_with('/')) {
    error(node, quoted(path) + " is relative, and it is not known in which folder this file is",
          std::string(rules::absolute_path.form));
    return std::nullopt;
  }
  return resolved;
}

Fields::Fields(Context& context, TreeNode map, std::string_view what,
               std::span<const std::string_view> known, std::span<const std::string_view> refused)
    : context_(context), map_(map), what_(what), known_(known), values_(known.size()) {
  if (!is_map(context, map, what)) {
    return;
  }
  std::vector<std::uint32_t> lines(known.size());  // where each key is first; 0: nowhere
  for (std::size_t i = 0; i < map.pairs() && !context.problems().full(); ++i) {
    const TreeNode key = map.key(i);
    const auto found = std::ranges::find(known, key.text());
    if (found == known.end()) {
      if (std::ranges::find(refused, key.text()) == refused.end()) {
        unknown(key);
      }
      continue;
    }
    const auto slot = static_cast<std::size_t>(found - known.begin());
    if (lines[slot] != 0) {
      context.error(
          key, quoted(*found) + " is there twice: first on line " + std::to_string(lines[slot]));
      continue;
    }
    lines[slot] = key.where().line;
    values_[slot] = map.value(i);
  }
}

void Fields::unknown(TreeNode key) {
  std::string hint =
      known_.empty() ? "nothing may stand here" : "possible here: " + listed(known_, "and");
  if (const auto near = context_.problems().nearest(key.text(), known_)) {
    hint = "did you mean " + quoted(*near) + "?";
    suggested_.push_back(*near);
  }
  context_.error(key, "unknown key " + quoted(key.text()) + " in " + std::string(what_),
                 std::move(hint));
}

std::optional<TreeNode> Fields::find(std::string_view key) const noexcept {
  const auto found = std::ranges::find(known_, key);
  return values_[static_cast<std::size_t>(found - known_.begin())];
}

std::optional<TreeNode> Fields::get(std::string_view key) {
  const auto value = find(key);
  if (value && value->kind() == NodeKind::null) {
    context_.error(*value, quoted(key) + " has no value");
    return std::nullopt;
  }
  return value;
}

std::optional<TreeNode> Fields::need(std::string_view key) {
  const bool misspelt = std::ranges::find(suggested_, key) != suggested_.end();
  if (!has(key) && !misspelt && map_.kind() == NodeKind::map) {
    context_.error(map_, quoted(key) + " is missing in " + std::string(what_));
  }
  return get(key);
}

bool is_map(Context& context, TreeNode node, std::string_view what) {
  if (node.kind() != NodeKind::map) {
    context.error(node, std::string(what) + " is written as a map, `key: value`");
    return false;
  }
  return true;
}

std::vector<TreeNode> read_list(Context& context, TreeNode node) {
  std::vector<TreeNode> items;
  if (node.kind() != NodeKind::sequence) {
    context.error(node, "this is not a list", "write [one, two], or each on a line after `- `");
    return items;
  }
  if (node.items() == 0) {
    context.error(node, "this list is empty", "take the key out, or write one item at least");
  }
  items.reserve(node.items());
  for (std::size_t i = 0; i < node.items(); ++i) {
    items.push_back(node.item(i));
  }
  return items;
}

std::vector<TreeNode> read_different(Context& context, TreeNode node, const Rule& rule) {
  std::vector<TreeNode> different;
  std::unordered_map<std::string_view, std::uint32_t> lines;
  if (node.items() > longest_list) {
    context.error(node, "this list has more than 1,000 items");
    return different;
  }
  for (const TreeNode item : read_list(context, node)) {
    if (!read_text(context, item, rule)) {
      continue;
    }
    const auto [first, is_new] = lines.try_emplace(item.text(), item.where().line);
    if (is_new) {
      different.push_back(item);
    } else {
      context.error(item, quoted(item.text()) + " is there twice: first on line " +
                              std::to_string(first->second));
    }
  }
  return different;
}

std::vector<std::string> read_texts(Context& context, TreeNode node, const Rule& rule) {
  std::vector<std::string> texts;
  for (const TreeNode item : read_different(context, node, rule)) {
    texts.emplace_back(item.text());
  }
  return texts;
}

}  // namespace blindfold::manifest
