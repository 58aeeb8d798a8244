#include "core/manifest/yaml.hpp"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/manifest/document_builder.hpp"
#include "core/manifest/read.hpp"
#include "platform/base/utf8.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

bool begins_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
}

/// Turns byte offsets, which mostly grow, into positions in characters.
class Positions final {
 public:
  explicit Positions(std::string_view text) noexcept : text_(text) {}

  /// `line` counts from 0 and holds the byte at `offset`.
  Position at(std::size_t line, std::size_t line_begin, std::size_t offset) noexcept {
    offset = std::min(offset, text_.size());
    if (line != line_ || offset < offset_) {
      line_ = line;
      offset_ = std::min(line_begin, offset);
      column_ = 1;
    }
    for (; offset_ < offset; ++offset_) {
      column_ += begins_character(text_[offset_]) ? 1U : 0U;
    }
    return {static_cast<std::uint32_t>(line + 1), column_};
  }

  Position at(const YAML::Mark& mark) noexcept {
    if (mark.is_null()) {
      return {};
    }
    const auto offset = static_cast<std::size_t>(mark.pos);
    return at(static_cast<std::size_t>(mark.line), offset - static_cast<std::size_t>(mark.column),
              offset);
  }

 private:
  std::string_view text_;
  std::size_t line_ = 0;
  std::size_t offset_ = 0;
  std::uint32_t column_ = 1;
};

/// Passes yaml-cpp's events on to a builder.
class Handler final : public YAML::EventHandler {
 public:
  explicit Handler(std::string_view text) noexcept : positions_(text) {}

  [[nodiscard]] Position at(const YAML::Mark& mark) noexcept { return positions_.at(mark); }
  [[nodiscard]] Document take() { return builder_.take(); }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (std::exchange(started_, true)) {
      throw Refusal{at(mark), "a second document begins here",
                    "a file holds one document: take the line `---` out"};
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_key(mark);
    builder_.null(at(mark), anchor);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    refuse_key(mark);
    builder_.alias(at(mark), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    const bool quoted = tag != "?";
    if (quoted && tag != "!" && tag != "tag:yaml.org,2002:str") {
      refuse_tag(mark);
    }
    if (at_key() && !quoted && value == "<<") {
      throw Refusal{at(mark), "merge keys (`<<`) are not read", "write the keys out"};
    }
    builder_.scalar(at(mark), value, quoted, anchor);
    next();
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, NodeKind::sequence);
  }
  void OnSequenceEnd() override { end(); }

  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    begin(mark, tag, anchor, NodeKind::map);
  }
  void OnMapEnd() override { end(); }

 private:
  /// Where the next node stands in what is open.
  enum class Next : std::uint8_t { item, key, value };

  [[nodiscard]] bool at_key() const noexcept { return !open_.empty() && open_.back() == Next::key; }

  void next() noexcept {
    if (!open_.empty() && open_.back() != Next::item) {
      open_.back() = open_.back() == Next::key ? Next::value : Next::key;
    }
  }

  void refuse_key(const YAML::Mark& mark) {
    if (at_key()) {
      throw Refusal{at(mark), "a key must be text", ""};
    }
    next();
  }

  [[noreturn]] void refuse_tag(const YAML::Mark& mark) {
    throw Refusal{at(mark), "tags (`!…`) are not read", "take the tag out"};
  }

  void begin(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, NodeKind kind) {
    if (tag != "?") {
      refuse_tag(mark);
    }
    refuse_key(mark);
    builder_.begin(at(mark), kind, anchor);
    open_.push_back(kind == NodeKind::map ? Next::key : Next::item);
  }

  void end() {
    open_.pop_back();
    builder_.end();
  }

  Positions positions_;
  DocumentBuilder builder_;
  std::vector<Next> open_;
  bool started_ = false;
};

std::unexpected<Diagnostics> refused(const Source& source, Position where, std::string message,
                                     std::string hint) {
  return std::unexpected(
      Diagnostics{{{source.file, where.line, where.column}, std::move(message), std::move(hint)}});
}

/// YAML's printable characters (YAML 1.2, 5.1), and nothing that yaml-cpp
/// counts differently: it ends lines at line feeds alone.
std::string_view what_is_wrong(char32_t character, char after) noexcept {
  if (character == 0) {
    return "a NUL character";
  }
  if (character == '\r') {
    return after == '\n' ? "" : "a carriage return without a line feed";
  }
  const bool control = (character < 0x20 && character != '\t' && character != '\n') ||
                       (character >= 0x7f && character < 0xa0 && character != 0x85) ||
                       (character & 0xfffeU) == 0xfffeU;
  return control ? "a control character" : "";
}

/// The first byte that may not stand in a file, as a diagnostic's texts.
std::optional<std::pair<std::size_t, std::string>> first_unreadable(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto point = base::first_code_point(text.substr(offset));
    if (!point) {
      return {{offset, "a byte that is not UTF-8"}};
    }
    const char after = offset + 1 < text.size() ? text[offset + 1] : '\0';
    if (const auto wrong = what_is_wrong(point->value, after); !wrong.empty()) {
      return {{offset, std::string(wrong)}};
    }
    offset += point->bytes;
  }
  return std::nullopt;
}

Position position_of(std::string_view text, std::size_t offset) noexcept {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t last = before.rfind('\n');
  return Positions(text).at(static_cast<std::size_t>(lines),
                            last == std::string_view::npos ? 0 : last + 1, offset);
}

std::string_view hint_for(const std::string& message) noexcept {
  if (message.find("tab") != std::string::npos) {
    return "indent with spaces, not with tabs";
  }
  if (message == YAML::ErrorMsg::MAP_VALUE || message == YAML::ErrorMsg::MAP_KEY) {
    return "look at the indentation, and put text that holds `: ` in quotes";
  }
  if (message.find("end of") != std::string::npos) {
    return "look at the indentation, and for a bracket or a quote that is not closed";
  }
  return "";
}

}  // namespace

std::expected<Document, Diagnostics> parse(const Source& source) {
  if (source.text.size() > largest_file) {
    return refused(source, {}, "the file is larger than 1 MiB", "split it into several manifests");
  }
  std::string_view text = source.text;
  if (text.starts_with(byte_order_mark)) {
    text.remove_prefix(byte_order_mark.size());
  }
  if (const auto found = first_unreadable(text)) {
    return refused(source, position_of(text, found->first), "the file holds " + found->second,
                   "save it as UTF-8 text");
  }
  Handler handler(text);
  try {
    std::istringstream stream{std::string(text)};
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(handler)) {
      return refused(source, {}, "the file is empty", "");
    }
    parser.HandleNextDocument(handler);
    return handler.take();
  } catch (const Refusal& refusal) {
    return refused(source, refusal.where, std::string(refusal.message), std::string(refusal.hint));
  } catch (const YAML::Exception& exception) {
    return refused(source, handler.at(exception.mark), "not YAML: " + exception.msg,
                   std::string(hint_for(exception.msg)));
  }
}

}  // namespace blindfold::manifest
