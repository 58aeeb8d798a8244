#include "show/report/display_width.hpp"

#include <algorithm>
#include <span>

#include "platform/base/utf8.hpp"
#include "show/report/width_table.hpp"

namespace blindfold::report {
namespace {

constexpr std::string_view ellipsis = "…";

bool stands_in(std::span<const Range> table, std::uint32_t point) noexcept {
  const auto range = std::ranges::lower_bound(table, point, {}, &Range::last);
  return range != table.end() && range->first <= point;
}

std::size_t columns_of(char32_t point) noexcept {
  if (point < 0x300) {
    return 1;
  }
  if (stands_in(no_columns, point)) {
    return 0;
  }
  return stands_in(two_columns, point) ? 2 : 1;
}

struct Prefix {
  std::size_t bytes = 0;
  std::size_t columns = 0;
};

/// The longest beginning that takes no more than `columns`, with the marks that
/// combine with its last character.
Prefix longest_prefix(std::string_view text, std::size_t columns) noexcept {
  Prefix prefix;
  while (prefix.bytes < text.size()) {
    const auto point = base::first_code_point(text.substr(prefix.bytes));
    const std::size_t bytes = point ? point->bytes : 1;
    const std::size_t width = point ? columns_of(point->value) : 1;
    if (prefix.columns + width > columns) {
      break;
    }
    prefix.bytes += bytes;
    prefix.columns += width;
  }
  return prefix;
}

/// Where a line that begins `text` ends: the line, and where the next begins.
struct Break {
  std::size_t end;
  std::size_t next;
};

Break find_break(std::string_view text, std::size_t columns) noexcept {
  const std::size_t fits = longest_prefix(text, columns).bytes;
  if (fits == text.size()) {
    return {fits, fits};
  }
  const std::size_t space = text.substr(0, fits + 1).rfind(' ');
  if (space == std::string_view::npos || space == 0) {
    return {fits, fits};
  }
  return {space, space + 1};
}

}  // namespace

std::size_t display_width(std::string_view text) noexcept {
  return longest_prefix(text, std::string_view::npos).columns;
}

std::string cut(std::string_view text, std::size_t columns) {
  const Prefix whole = longest_prefix(text, columns);
  if (whole.bytes == text.size()) {
    return std::string(text);
  }
  if (columns == 0) {
    return {};
  }
  std::string result(text.substr(0, longest_prefix(text, columns - 1).bytes));
  result += ellipsis;
  return result;
}

void append_padded(std::string& out, std::string_view text, std::size_t columns) {
  const std::string fitting = cut(text, columns);
  out += fitting;
  out.append(columns - display_width(fitting), ' ');
}

std::vector<std::string> wrap(std::string_view text, std::size_t columns) {
  std::vector<std::string> lines;
  while (lines.empty() || !text.empty()) {
    const Break at = find_break(text, std::max<std::size_t>(columns, 2));
    lines.emplace_back(text.substr(0, at.end));
    text.remove_prefix(at.next);
  }
  return lines;
}

}  // namespace blindfold::report
