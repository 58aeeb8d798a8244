#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/manifest/document.hpp"
#include "core/manifest/problems.hpp"
#include "core/manifest/reaction.hpp"
#include "core/manifest/rules.hpp"
#include "core/manifest/source.hpp"
#include "core/model/requirement.hpp"
#include "platform/base/duration.hpp"

namespace blindfold::manifest {

/// What the readers of one file share: where it stands, and what is wrong in it.
class Context final {
 public:
  /// `source` outlives the context.
  explicit Context(const Source& source) : source_(source) {}

  [[nodiscard]] model::Origin origin(TreeNode node) const;
  void error(TreeNode node, std::string message, std::string hint = {});

  /// `path` made absolute; nothing, and an error, where it cannot be.
  [[nodiscard]] std::optional<std::string> absolute(TreeNode node, std::string_view path);

  [[nodiscard]] Problems& problems() noexcept { return problems_; }

 private:
  const Source& source_;
  Problems problems_;
};

/// One map whose keys are known. Says what is wrong with its keys: unknown, or
/// there twice.
class Fields final {
 public:
  /// `what` is named in messages, "a reaction"; it and `known` are constants.
  /// Keys of `refused` are left to the caller, who says something better of
  /// them than that they are unknown.
  Fields(Context& context, TreeNode map, std::string_view what,
         std::span<const std::string_view> known, std::span<const std::string_view> refused = {});

  /// The value under `key`, which is known; nothing where there is none. A key
  /// without a value is an error and counts as none.
  [[nodiscard]] std::optional<TreeNode> get(std::string_view key);
  /// The same; that there is none is an error.
  [[nodiscard]] std::optional<TreeNode> need(std::string_view key);
  /// The value, null or not.
  [[nodiscard]] std::optional<TreeNode> find(std::string_view key) const noexcept;

  [[nodiscard]] bool has(std::string_view key) const noexcept { return find(key).has_value(); }
  [[nodiscard]] TreeNode map() const noexcept { return map_; }
  [[nodiscard]] std::string_view what() const noexcept { return what_; }

 private:
  void unknown(TreeNode key);

  Context& context_;
  TreeNode map_;
  std::string_view what_;
  std::span<const std::string_view> known_;
  std::vector<std::optional<TreeNode>> values_;  ///< by place in known_
  std::vector<std::string_view> suggested_;      ///< what misspelt keys were meant to be
};

/// A name in a file and what it stands for.
template <class T>
struct Named {
  std::string_view name;
  T value;
};

/// Readers of single values. Each says what is wrong and then gives nothing.
/// Text that YAML readers take for something else where it stands without
/// quotes (on, 010, 2026-11-23) must be quoted: they do not agree on it.
[[nodiscard]] std::optional<std::string> read_text(Context& context, TreeNode node,
                                                   const Rule& rule);
[[nodiscard]] std::optional<std::string> read_path(Context& context, TreeNode node);
[[nodiscard]] std::optional<bool> read_boolean(Context& context, TreeNode node);
[[nodiscard]] std::optional<std::uint32_t> read_number(Context& context, TreeNode node,
                                                       std::uint32_t least, std::uint32_t most);
[[nodiscard]] std::optional<base::Duration> read_duration(Context& context, TreeNode node,
                                                          base::Duration least,
                                                          base::Duration most);
/// "COUNT/DURATION".
[[nodiscard]] std::optional<Rate> read_rate(Context& context, TreeNode node);
/// The place in `names` of what the node says.
[[nodiscard]] std::optional<std::size_t> read_name(Context& context, TreeNode node,
                                                   std::span<const std::string_view> names);

/// The items of a list, one at least.
[[nodiscard]] std::vector<TreeNode> read_list(Context& context, TreeNode node);

/// A list of different texts, from 1 to 1,000: those that are right.
[[nodiscard]] std::vector<TreeNode> read_different(Context& context, TreeNode node,
                                                   const Rule& rule);
[[nodiscard]] std::vector<std::string> read_texts(Context& context, TreeNode node,
                                                  const Rule& rule);

/// An error, and false, where it is not a map.
[[nodiscard]] bool is_map(Context& context, TreeNode node, std::string_view what);

template <class T, std::size_t Count>
[[nodiscard]] std::optional<T> read_choice(Context& context, TreeNode node,
                                           const std::array<Named<T>, Count>& choices) {
  std::array<std::string_view, Count> names;
  std::ranges::transform(choices, names.begin(), &Named<T>::name);
  const auto found = read_name(context, node, names);
  return found ? std::optional<T>(choices[*found].value) : std::nullopt;
}

/// Sets `target` where something was read.
template <class T, class U>
void assign(T& target, std::optional<U>&& read) {
  if (read) {
    target = *std::move(read);
  }
}

}  // namespace blindfold::manifest
