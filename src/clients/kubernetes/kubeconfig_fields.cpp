#include "clients/kubernetes/kubeconfig_fields.hpp"

#include <cstddef>
#include <set>
#include <utility>

#include "clients/account/file.hpp"
#include "core/manifest/path.hpp"

namespace blindfold::kubernetes {

using manifest::NodeKind;
using manifest::TreeNode;

std::string KubeconfigFile::at(manifest::Position where) const {
  return path_ + ':' + std::to_string(where.line) + ':' + std::to_string(where.column);
}

std::string KubeconfigFile::resolved(std::string_view path) const {
  return manifest::resolved_path(manifest::folder_of(path_), path);
}

void KubeconfigFile::error(manifest::Position where, std::string_view what, std::string hint) {
  if (!error_) {
    error_ = base::Error{base::ErrorKind::configuration, at(where) + ": " + std::string(what),
                         std::move(hint)};
  }
}

KubeconfigFields::KubeconfigFields(KubeconfigFile& file, TreeNode map) : file_(file), map_(map) {
  if (map.kind() != NodeKind::map && map.kind() != NodeKind::null) {
    file.error(map.where(), "keys and values are wanted here");
  }
  std::set<std::string_view> keys;
  for (std::size_t i = 0; i < map.pairs(); ++i) {
    if (!keys.insert(map.key(i).text()).second) {
      file.error(map.key(i).where(), "the key is there twice", "take one of them out");
    }
  }
}

std::optional<TreeNode> KubeconfigFields::find(std::string_view key) const {
  for (std::size_t i = 0; i < map_.pairs(); ++i) {
    if (map_.key(i).text() == key && map_.value(i).kind() != NodeKind::null) {
      return map_.value(i);
    }
  }
  return std::nullopt;
}

std::string_view KubeconfigFields::scalar(std::string_view key) const {
  const auto node = find(key);
  if (node && node->kind() != NodeKind::scalar) {
    file_.error(node->where(), '`' + std::string(key) + "` is text");
  }
  return node ? node->text() : std::string_view();
}

std::string KubeconfigFields::text(std::string_view key) const {
  return std::string(scalar(key));
}

secret::SecretBuffer KubeconfigFields::secret(std::string_view key) const {
  const std::string_view bytes = scalar(key);
  auto buffer = account::copied(bytes);
  if (!buffer) {
    file_.error(map_.where(), buffer.error().what, buffer.error().hint);
  }
  return buffer ? std::move(*buffer) : secret::SecretBuffer();
}

std::string KubeconfigFields::path(std::string_view key) const {
  const std::string_view path = scalar(key);
  return path.empty() ? std::string() : file_.resolved(path);
}

bool KubeconfigFields::boolean(std::string_view key) const {
  const std::string_view text = scalar(key);
  if (!text.empty() && text != "true" && text != "false") {
    file_.error(find(key)->where(), '`' + std::string(key) + "` is true or false");
  }
  return text == "true";
}

std::vector<TreeNode> KubeconfigFields::list(std::string_view key) const {
  const auto node = find(key);
  if (node && node->kind() != NodeKind::sequence) {
    file_.error(node->where(), '`' + std::string(key) + "` is a list");
  }
  std::vector<TreeNode> items;
  for (std::size_t i = 0; node && i < node->items(); ++i) {
    items.push_back(node->item(i));
  }
  return items;
}

std::vector<std::string> KubeconfigFields::texts(std::string_view key) const {
  std::vector<std::string> texts;
  for (const TreeNode item : list(key)) {
    if (item.kind() != NodeKind::scalar) {
      file_.error(item.where(), '`' + std::string(key) + "` is a list of texts");
    }
    texts.emplace_back(item.text());
  }
  return texts;
}

}  // namespace blindfold::kubernetes
