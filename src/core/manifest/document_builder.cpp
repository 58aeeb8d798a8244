#include "core/manifest/document_builder.hpp"

#include <algorithm>
#include <iterator>
#include <limits>
#include <utility>

namespace blindfold::manifest {
namespace {

constexpr std::uint32_t no_node = std::numeric_limits<std::uint32_t>::max();

}  // namespace

void DocumentBuilder::count(Position where, Extent extent) {
  counted_ += extent.nodes;
  if (counted_ > limits_.nodes) {
    throw Refusal{where, limits_.too_many, limits_.what_to_do};
  }
  if (open_.size() + extent.height > limits_.nesting) {
    throw Refusal{where, limits_.too_deep, ""};
  }
}

std::uint32_t DocumentBuilder::add(Position where, NodeKind kind, std::size_t anchor) {
  count(where, {});
  const auto node = static_cast<std::uint32_t>(document_.nodes_.size());
  document_.nodes_.push_back({0, 0, where, kind, false});
  extents_.push_back({});
  if (anchor != 0) {
    anchored_.resize(std::max(anchored_.size(), anchor + 1), no_node);
    anchored_[anchor] = node;
  }
  return node;
}

void DocumentBuilder::link(std::uint32_t node, Extent extent) {
  if (open_.empty()) {
    document_.root_ = node;
    return;
  }
  pending_.push_back(node);
  Extent& parent = open_.back().extent;
  parent.nodes += extent.nodes;
  parent.height = std::max(parent.height, extent.height + 1);
}

void DocumentBuilder::null(Position where, std::size_t anchor) {
  link(add(where, NodeKind::null, anchor), {});
}

void DocumentBuilder::scalar(Position where, std::string_view text, bool quoted,
                             std::size_t anchor) {
  if (text.size() > limits_.scalar) {
    throw Refusal{where, limits_.too_long, ""};
  }
  if (text.find('\0') != std::string_view::npos) {
    throw Refusal{where, "a value holds a NUL character", ""};
  }
  const std::uint32_t node = add(where, NodeKind::scalar, anchor);
  Document::Data& data = document_.nodes_[node];
  data.begin = static_cast<std::uint32_t>(document_.texts_.size());
  data.size = static_cast<std::uint32_t>(text.size());
  data.quoted = quoted;
  document_.texts_ += text;
  link(node, {});
}

void DocumentBuilder::alias(Position where, std::size_t anchor) {
  const std::uint32_t node = anchor < anchored_.size() ? anchored_[anchor] : no_node;
  if (node == no_node || extents_[node].nodes == 0) {
    throw Refusal{where, "an alias names something that is not complete yet",
                  "an alias stands for what an anchor before it named"};
  }
  count(where, extents_[node]);
  link(node, extents_[node]);
}

void DocumentBuilder::begin(Position where, NodeKind kind, std::size_t anchor) {
  const std::uint32_t node = add(where, kind, anchor);
  extents_[node].nodes = 0;
  open_.push_back({node, pending_.size(), {}});
}

void DocumentBuilder::end() {
  const Open ended = open_.back();
  open_.pop_back();
  Document::Data& data = document_.nodes_[ended.node];
  data.begin = static_cast<std::uint32_t>(document_.links_.size());
  data.size = static_cast<std::uint32_t>(pending_.size() - ended.first_link);
  const auto first = std::next(pending_.begin(), static_cast<std::ptrdiff_t>(ended.first_link));
  document_.links_.insert(document_.links_.end(), first, pending_.end());
  pending_.erase(first, pending_.end());
  extents_[ended.node] = ended.extent;
  link(ended.node, ended.extent);
}

Document DocumentBuilder::take() {
  return std::move(document_);
}

}  // namespace blindfold::manifest
