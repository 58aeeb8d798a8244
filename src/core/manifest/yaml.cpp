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

/// Without it yaml-cpp 0.7 takes the end of the file for the end of a quote.
constexpr const char* end_of_document = "\n...\n";

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
  explicit Handler(std::string_view text) noexcept : text_(text), positions_(text) {}

  [[nodiscard]] Position at(const YAML::Mark& mark) noexcept { return last_ = positions_.at(mark); }
  /// Where the last thing that was read begins.
  [[nodiscard]] Position last() const noexcept { return last_; }
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
    builder_.null(is_written(mark) ? at(mark) : last_, anchor);
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

  /// A null that is not written has the mark of whatever comes after it.
  [[nodiscard]] bool is_written(const YAML::Mark& mark) const noexcept {
    const auto offset = static_cast<std::size_t>(mark.pos);
    return offset < text_.size() &&
           std::string_view("~nN").find(text_[offset]) != std::string_view::npos;
  }

  void next() noexcept {
    if (!open_.empty() && open_.back() != Next::item) {
      open_.back() = open_.back() == Next::key ? Next::value : Next::key;
    }
  }

  void refuse_key(const YAML::Mark& mark) {
    if (at_key()) {
      throw Refusal{at(mark), "a key must be text", "or a bracket after this is not closed"};
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

  std::string_view text_;
  Positions positions_;
  Position last_;
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

std::string_view line_at(std::string_view text, std::size_t offset) noexcept {
  const std::size_t end = std::min(text.find('\n', offset), text.size());
  const std::size_t before = text.substr(0, end).rfind('\n');
  const std::size_t begin = before == std::string_view::npos ? 0 : before + 1;
  return text.substr(begin, end - begin);
}

std::string_view hint_for(const YAML::Exception& exception, std::string_view text) noexcept {
  const auto offset = std::min(static_cast<std::size_t>(exception.mark.pos), text.size());
  const std::string_view line = line_at(text, offset);
  const std::string_view indentation = line.substr(0, line.find_first_not_of(" \t"));
  if (indentation.find('\t') != std::string_view::npos) {
    return "indent with spaces, not with tabs";
  }
  if (exception.msg == YAML::ErrorMsg::MAP_VALUE || exception.msg == YAML::ErrorMsg::MAP_KEY) {
    return "look at the indentation, and put text that holds `: ` in quotes";
  }
  if (exception.msg.find("end of") != std::string::npos) {
    return "look at the indentation, and for a bracket that is not closed";
  }
  return "";
}

std::unexpected<Diagnostics> not_yaml(const Source& source, Handler& handler,
                                      const YAML::Exception& exception, std::string_view text) {
  if (exception.msg == YAML::ErrorMsg::DOC_IN_SCALAR ||
      exception.msg == YAML::ErrorMsg::EOF_IN_SCALAR) {
    return refused(source, handler.last(),
                   "not YAML: a quote that is opened after this is not closed",
                   "close it, or take it out");
  }
  const bool within = static_cast<std::size_t>(exception.mark.pos) <= text.size();
  return refused(source, within ? handler.at(exception.mark) : handler.last(),
                 "not YAML: " + exception.msg, std::string(hint_for(exception, text)));
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
    std::istringstream stream(std::string(text) + end_of_document);
    YAML::Parser parser(stream);
    parser.HandleNextDocument(handler);
    parser.HandleNextDocument(handler);
    Document document = handler.take();
    if (document.root().kind() == NodeKind::null) {
      return refused(source, {}, "the file is empty", "");
    }
    return document;
  } catch (const Refusal& refusal) {
    return refused(source, refusal.where, std::string(refusal.message), std::string(refusal.hint));
  } catch (const YAML::Exception& exception) {
    return not_yaml(source, handler, exception, text);
  }
}

}  // namespace blindfold::manifest
