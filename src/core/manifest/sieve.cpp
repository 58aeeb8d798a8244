#include "core/manifest/sieve.hpp"

#include <algorithm>

namespace blindfold::manifest {

bool Sieve::passes(NodeKind kind) const noexcept {
  return open_.empty() ? kind != NodeKind::scalar : keeps_(path_, kind);
}

void Sieve::name(const std::string& key) {
  path_.back() = key;
  open_.back().at_key = false;
}

void Sieve::after_value() noexcept {
  if (!open_.empty() && open_.back().map) {
    open_.back().at_key = true;
  }
}

/// Within what is not kept nothing is passed on; its own place takes a null.
void Sieve::drop(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (dropping_ > 0) {
    if (anchor != 0) {
      dropped_.push_back(anchor);
    }
    return;
  }
  next_.OnNull(mark, anchor);
  after_value();
}

void Sieve::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  drop(mark, anchor);
}

void Sieve::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  if (dropping_ > 0) {
    return;
  }
  // What it stands for was kept where it stands, if it was: no new text comes.
  const bool known = std::ranges::find(dropped_, anchor) == dropped_.end();
  const bool may_be_here =
      passes(NodeKind::scalar) || passes(NodeKind::sequence) || passes(NodeKind::map);
  if (at_key() || (known && may_be_here)) {
    next_.OnAlias(mark, anchor);
    after_value();
    return;
  }
  drop(mark, 0);
}

void Sieve::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                     const std::string& value) {
  if (dropping_ == 0 && at_key()) {
    next_.OnScalar(mark, tag, anchor, value);
    name(value);
    return;
  }
  if (dropping_ > 0 || !passes(NodeKind::scalar)) {
    drop(mark, anchor);
    return;
  }
  next_.OnScalar(mark, tag, anchor, value);
  after_value();
}

void Sieve::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                            YAML::EmitterStyle::value style) {
  if (begin(mark, anchor, NodeKind::sequence)) {
    next_.OnSequenceStart(mark, tag, anchor, style);
  }
}

void Sieve::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) {
  if (begin(mark, anchor, NodeKind::map)) {
    next_.OnMapStart(mark, tag, anchor, style);
  }
}

void Sieve::OnSequenceEnd() {
  if (end()) {
    next_.OnSequenceEnd();
  }
}

void Sieve::OnMapEnd() {
  if (end()) {
    next_.OnMapEnd();
  }
}

/// Whether it is kept.
bool Sieve::begin(const YAML::Mark& mark, YAML::anchor_t anchor, NodeKind kind) {
  if (dropping_ > 0 || (!at_key() && !passes(kind))) {
    drop(mark, anchor);
    ++dropping_;
    return false;
  }
  open_.push_back({kind == NodeKind::map, kind == NodeKind::map});
  path_.emplace_back();
  return true;
}

bool Sieve::end() noexcept {
  if (dropping_ > 0) {
    --dropping_;
    return false;
  }
  open_.pop_back();
  path_.pop_back();
  after_value();
  return true;
}

}  // namespace blindfold::manifest
