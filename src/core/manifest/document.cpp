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

std::size_t Node::size() const noexcept {
  const Document::Data& data = document_->nodes_[index_];
  switch (data.kind) {
    case NodeKind::sequence:
      return data.size;
    case NodeKind::map:
      return data.size / 2;
    case NodeKind::null:
    case NodeKind::scalar:
      return 0;
  }
  return 0;
}

Node Node::item(std::size_t index) const noexcept {
  return {*document_, document_->links_[document_->nodes_[index_].begin + index]};
}

Node Node::key(std::size_t index) const noexcept {
  return item(2 * index);
}

Node Node::value(std::size_t index) const noexcept {
  return item(2 * index + 1);
}

}  // namespace blindfold::manifest
