#include "core/manifest/document.hpp"

namespace blindfold::manifest {

NodeKind TreeNode::kind() const noexcept {
  return document_->nodes_[index_].kind;
}

bool TreeNode::quoted() const noexcept {
  return document_->nodes_[index_].quoted;
}

std::string_view TreeNode::text() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  if (data.kind != NodeKind::scalar) {
    return {};
  }
  return std::string_view(document_->texts_).substr(data.begin, data.size);
}

Position TreeNode::where() const noexcept {
  return document_->nodes_[index_].where;
}

std::size_t TreeNode::items() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  return data.kind == NodeKind::sequence ? data.size : 0;
}

std::size_t TreeNode::pairs() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  return data.kind == NodeKind::map ? data.size / 2 : 0;
}

TreeNode TreeNode::item(std::size_t index) const noexcept {
  return linked(index);
}

TreeNode TreeNode::key(std::size_t index) const noexcept {
  return linked(2 * index);
}

TreeNode TreeNode::value(std::size_t index) const noexcept {
  return linked(2 * index + 1);
}

TreeNode TreeNode::linked(std::size_t index) const noexcept {
  return {*document_, document_->links_[document_->nodes_[index_].begin + index]};
}

}  // namespace blindfold::manifest
