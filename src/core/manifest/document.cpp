#include "core/manifest/document.hpp"

namespace blindfold::manifest {

NodeKind Node::kind() const noexcept {
  return document_->nodes_[index_].kind;
}

bool Node::quoted() const noexcept {
  return document_->nodes_[index_].quoted;
}

std::string_view Node::text() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  if (data.kind != NodeKind::scalar) {
    return {};
  }
  return std::string_view(document_->texts_).substr(data.begin, data.size);
}

Position Node::where() const noexcept {
  return document_->nodes_[index_].where;
}

std::size_t Node::items() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  return data.kind == NodeKind::sequence ? data.size : 0;
}

std::size_t Node::pairs() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  return data.kind == NodeKind::map ? data.size / 2 : 0;
}

Node Node::item(std::size_t index) const noexcept {
  return linked(index);
}

Node Node::key(std::size_t index) const noexcept {
  return linked(2 * index);
}

Node Node::value(std::size_t index) const noexcept {
  return linked(2 * index + 1);
}

Node Node::linked(std::size_t index) const noexcept {
  return {*document_, document_->links_[document_->nodes_[index_].begin + index]};
}

}  // namespace blindfold::manifest
