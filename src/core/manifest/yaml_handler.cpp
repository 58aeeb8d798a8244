#include "core/manifest/yaml_handler.hpp"

#include <cstddef>

namespace blindfold::manifest {

Position YamlHandler::at(const YAML::Mark& mark) noexcept {
  if (mark.is_null()) {
    return last_ = {};
  }
  const auto offset = static_cast<std::size_t>(mark.pos);
  return last_ = positions_.at(static_cast<std::size_t>(mark.line),
                               offset - static_cast<std::size_t>(mark.column), offset);
}

void YamlHandler::OnDocumentStart(const YAML::Mark& mark) {
  if (!began_.is_null()) {
    throw Refusal{at(mark), "a second document begins here",
                  "a file holds one document: take the line `---` out"};
  }
  began_ = mark;
}

void YamlHandler::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  refuse_key(mark);
  builder_.null(is_written(mark) ? at(mark) : last_, anchor);
}

void YamlHandler::OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) {
  refuse_key(mark);
  builder_.alias(at(mark), anchor);
}

void YamlHandler::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  const bool quoted = tag != "?";
  if (quoted && tag != "!" && tag != "tag:yaml.org,2002:str") {
    refuse_tag(mark);
  }
  if (reading_ == Reading::strict && at_key() && !quoted && value == "<<") {
    throw Refusal{at(mark), "merge keys (`<<`) are not read", "write the keys out"};
  }
  builder_.scalar(at(mark), value, quoted, anchor);
  next();
}

void YamlHandler::OnSequenceStart(const YAML::Mark& mark, const std::string& tag,
                                  YAML::anchor_t anchor, YAML::EmitterStyle::value /*style*/) {
  begin(mark, tag, anchor, NodeKind::sequence);
}

void YamlHandler::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value /*style*/) {
  begin(mark, tag, anchor, NodeKind::map);
}

/// A null that is not written has the mark of whatever comes after it.
bool YamlHandler::is_written(const YAML::Mark& mark) const noexcept {
  const auto offset = static_cast<std::size_t>(mark.pos);
  return offset < text_.size() &&
         std::string_view("~nN").find(text_[offset]) != std::string_view::npos;
}

void YamlHandler::next() noexcept {
  if (!open_.empty() && open_.back() != Next::item) {
    open_.back() = open_.back() == Next::key ? Next::value : Next::key;
  }
}

void YamlHandler::refuse_key(const YAML::Mark& mark) {
  if (at_key()) {
    throw Refusal{at(mark), "a key must be text", "or a bracket after this is not closed"};
  }
  next();
}

void YamlHandler::refuse_tag(const YAML::Mark& mark) {
  if (reading_ == Reading::strict) {
    throw Refusal{at(mark), "tags (`!…`) are not read", "take the tag out"};
  }
}

void YamlHandler::begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                        NodeKind kind) {
  if (tag != "?") {
    refuse_tag(mark);
  }
  refuse_key(mark);
  builder_.begin(at(mark), kind, anchor);
  open_.push_back(kind == NodeKind::map ? Next::key : Next::item);
}

void YamlHandler::end() {
  open_.pop_back();
  builder_.end();
}

}  // namespace blindfold::manifest
