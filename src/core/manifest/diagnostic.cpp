#include "core/manifest/diagnostic.hpp"

#include <algorithm>
#include <string_view>

#include "core/manifest/problems.hpp"
#include "platform/base/printable.hpp"
#include "platform/base/utf8.hpp"

namespace blindfold::manifest {
namespace {

/// A long line is cut: so many characters stand before the caret, and it ends
/// after so many columns, though not at the caret.
constexpr std::size_t most_before = 60;
constexpr std::size_t most_columns = 100;
constexpr std::size_t least_after = 30;

struct Piece {
  std::string text;     ///< as it is printed
  std::size_t columns;  ///< that it takes on a terminal
};

/// East Asian wide and full-width characters, and emoji (UAX #11, the blocks).
bool is_wide(char32_t value) noexcept {
  return (value >= 0x1100 && value <= 0x115f) || (value >= 0x2e80 && value <= 0xa4cf) ||
         (value >= 0xac00 && value <= 0xd7a3) || (value >= 0xf900 && value <= 0xfaff) ||
         (value >= 0xfe30 && value <= 0xfe6f) || (value >= 0xff00 && value <= 0xff60) ||
         (value >= 0xffe0 && value <= 0xffe6) || (value >= 0x1f300 && value <= 0x1f64f) ||
         (value >= 0x1f900 && value <= 0x1f9ff) || (value >= 0x20000 && value <= 0x3fffd);
}

/// Characters that take no column: they stand on the one before them.
bool is_combining(char32_t value) noexcept {
  return (value >= 0x300 && value <= 0x36f) || (value >= 0x1ab0 && value <= 0x1aff) ||
         (value >= 0x1dc0 && value <= 0x1dff) || (value >= 0x20d0 && value <= 0x20ff) ||
         (value >= 0xfe00 && value <= 0xfe0f) || (value >= 0xfe20 && value <= 0xfe2f);
}

std::size_t columns_of(char32_t value) noexcept {
  if (is_combining(value)) {
    return 0;
  }
  return is_wide(value) ? 2 : 1;
}

/// Takes the first character off `text`.
Piece take_piece(std::string_view& text) {
  const auto point = base::first_code_point(text);
  const std::string_view character = text.substr(0, point ? point->bytes : 1);
  text.remove_prefix(character.size());
  if (character == "\t") {
    return {"    ", 4};
  }
  std::string printed = base::printable(character);
  const bool as_it_is = printed == character;
  const std::size_t columns = as_it_is && point ? columns_of(point->value) : printed.size();
  return {std::move(printed), columns};
}

/// The line's text without its end; nothing where there is no such line.
std::string_view line_of(std::string_view text, std::uint32_t line) noexcept {
  for (; line > 1 && !text.empty(); --line) {
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
  }
  std::string_view found = text.substr(0, text.find('\n'));
  if (found.ends_with('\r')) {
    found.remove_suffix(1);
  }
  return found;
}

/// What is printed of a line, and in which of its columns the caret stands.
struct Excerpt {
  std::string text;
  std::size_t caret = 0;
};

std::string_view after_first_characters(std::string_view text, std::size_t count) noexcept {
  while (count > 0 && !text.empty()) {
    const auto point = base::first_code_point(text);
    text.remove_prefix(point ? point->bytes : 1);
    --count;
  }
  return text;
}

Excerpt excerpt(std::string_view line, std::uint32_t column) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (line.starts_with(byte_order_mark)) {
    line.remove_prefix(byte_order_mark.size());
  }
  const std::size_t before = column > 0 ? column - 1 : 0;
  const std::size_t skipped = before > most_before ? before - most_before : 0;
  Excerpt out;
  if (skipped > 0) {
    out = {"…", 1};
  }
  std::string_view rest = after_first_characters(line, skipped);
  for (std::size_t i = skipped; i < before && !rest.empty(); ++i) {
    const Piece piece = take_piece(rest);
    out.text += piece.text;
    out.caret += piece.columns;
  }
  const std::size_t end = std::max(most_columns, out.caret + least_after);
  for (std::size_t columns = out.caret; !rest.empty();) {
    if (columns >= end) {
      out.text += "…";
      break;
    }
    const Piece piece = take_piece(rest);
    out.text += piece.text;
    columns += std::max<std::size_t>(piece.columns, 1);
  }
  return out;
}

void append_line(std::string& out, const model::Origin& where, std::string_view text) {
  const Excerpt shown = excerpt(line_of(text, where.line), where.column);
  const std::string number = std::to_string(where.line);
  const std::size_t margin = std::max<std::size_t>(number.size(), 5);
  out.append(margin - number.size(), ' ').append(number).append(" | ").append(shown.text);
  out += '\n';
  out.append(margin, ' ').append(" | ").append(shown.caret, ' ').append("^\n");
}

void append(std::string& out, const Diagnostic& diagnostic, std::span<const Source> sources) {
  const model::Origin& where = diagnostic.where;
  base::append_printable(out, where.file);
  out += ":" + std::to_string(where.line) + ":" + std::to_string(where.column) + ": ";
  base::append_printable(out, diagnostic.message);
  out += '\n';
  const auto source = std::ranges::find(sources, where.file, &Source::file);
  if (source != sources.end()) {
    append_line(out, where, source->text);
  }
  if (!diagnostic.hint.empty()) {
    out += "      ";
    base::append_printable(out, diagnostic.hint);
    out += '\n';
  }
}

}  // namespace

std::string render(const Diagnostics& diagnostics, std::span<const Source> sources) {
  std::string out;
  const std::size_t shown = std::min(diagnostics.size(), shown_diagnostics);
  for (std::size_t i = 0; i < shown; ++i) {
    append(out, diagnostics[i], sources);
  }
  if (diagnostics.size() > shown) {
    out += "and ";
    out += diagnostics.size() >= kept_diagnostics ? "at least " : "";
    out += std::to_string(diagnostics.size() - shown) + " more\n";
  }
  return out;
}

}  // namespace blindfold::manifest
