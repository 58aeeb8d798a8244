#include "show/draft/kept.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "show/draft/draft.hpp"

namespace blindfold::draft {
namespace {

using Path = std::span<const std::string>;
using manifest::NodeKind;

/// What an object may have at its top that can lead to the name of a Secret.
/// `data` and `stringData` of a Secret are not among it.
constexpr std::array<std::string_view, 8> top{
    "apiVersion", "kind", "metadata", "spec", "template", "imagePullSecrets", "secrets", "items"};
constexpr std::array<std::string_view, 2> of_metadata{"name", "namespace"};
/// Nothing beneath is kept, wherever it stands.
constexpr std::array<std::string_view, 6> never{"annotations", "labels",  "value",
                                                "args",        "command", "stringData"};
/// Maps of which the keys are names of keys, and what is under them are values.
constexpr std::array<std::string_view, 2> of_values{"data", "encryptedData"};
/// The only scalars whose text is kept.
constexpr std::array<std::string_view, 11> texts{
    "apiVersion", "kind", "name",   "namespace",          "key", "secretName", "secretKey",
    "optional",   "type", "driver", "secretProviderClass"};

bool is_one_of(std::string_view key, std::span<const std::string_view> keys) noexcept {
  return std::ranges::find(keys, key) != keys.end();
}

/// The path within the object that it leads into, in however many lists.
Path within_object(Path path) noexcept {
  while (path.size() > 2 && path[0] == "items" && path[1].empty()) {
    path = path.subspan(2);
  }
  return path;
}

bool keeps(Path path, NodeKind kind) noexcept {
  path = within_object(path);
  const std::string& last = path.back();
  if (path.front() == "items" && path.size() == 2) {
    return last.empty() && kind == NodeKind::map;
  }
  if (!is_one_of(path.front(), top) ||
      (path.front() == "metadata" && path.size() > 1 && !is_one_of(path[1], of_metadata))) {
    return false;
  }
  const auto is_never = [](std::string_view key) { return is_one_of(key, never); };
  if (std::ranges::any_of(path, is_never)) {
    return false;
  }
  if (path.size() > 1 && !last.empty() && is_one_of(path[path.size() - 2], of_values)) {
    return false;
  }
  return kind != NodeKind::scalar || is_one_of(last, texts);
}

constexpr manifest::StreamRules rules{
    largest_input,
    "the text is larger than 16 MiB: give it in parts",
    {1'000'000, 128, 65'536,
     "an object holds more than 1,000,000 values, aliases counted each time",
     "leave it out: it needs no Secret of that many",
     "lists and maps are nested more than 128 deep", "a name is longer than 64 KiB"},
    keeps};

}  // namespace

const manifest::StreamRules& stream_rules() noexcept {
  return rules;
}

}  // namespace blindfold::draft
