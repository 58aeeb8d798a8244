#include "core/manifest/readable.hpp"

#include <algorithm>
#include <cstddef>

#include "core/manifest/positions.hpp"
#include "platform/base/utf8.hpp"

namespace blindfold::manifest {
namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

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

Position position_of(std::string_view text, std::size_t offset) noexcept {
  const std::string_view before = text.substr(0, offset);
  const auto lines = std::count(before.begin(), before.end(), '\n');
  const std::size_t last = before.rfind('\n');
  return Positions(text).at(static_cast<std::size_t>(lines),
                            last == std::string_view::npos ? 0 : last + 1, offset);
}

}  // namespace

std::optional<Unreadable> first_unreadable(std::string_view text) {
  for (std::size_t offset = 0; offset < text.size();) {
    const auto point = base::first_code_point(text.substr(offset));
    if (!point) {
      return Unreadable{position_of(text, offset), "a byte that is not UTF-8"};
    }
    const char after = offset + 1 < text.size() ? text[offset + 1] : '\0';
    if (const auto wrong = what_is_wrong(point->value, after); !wrong.empty()) {
      return Unreadable{position_of(text, offset), std::string(wrong)};
    }
    offset += point->bytes;
  }
  return std::nullopt;
}

std::string_view without_mark(std::string_view text) noexcept {
  return text.starts_with(byte_order_mark) ? text.substr(byte_order_mark.size()) : text;
}

}  // namespace blindfold::manifest
