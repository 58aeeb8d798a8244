#include "show/terminal/row.hpp"

#include <algorithm>
#include <array>

#include "platform/base/timestamp.hpp"
#include "show/report/display_width.hpp"
#include "show/report/marks.hpp"
#include "show/report/text.hpp"
#include "show/report/words.hpp"

namespace blindfold::terminal {
namespace {

using report::display_width;

constexpr std::string_view gap = "  ";
constexpr std::string_view indent = "    ";
constexpr std::size_t mark_width = 2;
// Wider ones are cut, so that one long name does not take all the room.
constexpr std::size_t widest_name = 48;
constexpr std::size_t widest_place = 48;

std::size_t widest(const std::vector<Row>& rows, std::string Row::* column, std::size_t most) {
  std::size_t width = 0;
  for (const Row& row : rows) {
    width = std::max(width, std::min(display_width(row.*column), most));
  }
  return width;
}

}  // namespace

std::string short_time(base::SystemTime time, base::SystemTime now) {
  using std::chrono::days;
  const std::string full = base::format_timestamp(time, base::TimestampPrecision::seconds);
  const bool today = std::chrono::floor<days>(time) == std::chrono::floor<days>(now);
  const std::size_t date_ends = full.find('T');
  return today ? full.substr(date_ends + 1) : full.substr(0, date_ends);
}

std::vector<Row> rows_of(std::span<const model::Standing* const> standings, base::SystemTime now) {
  std::vector<Row> rows;
  rows.reserve(standings.size());
  for (const model::Standing* const standing : standings) {
    rows.push_back({
        .standing = standing,
        .name = report::name_of(*standing->requirement),
        .sight = "sight " + std::string(to_string(standing->sight.level)),
        .place = report::describe(standing->requirement->locator),
        .since = "since " + short_time(standing->since, now),
        .rotated = standing->rotated_at ? "rotated " + short_time(*standing->rotated_at, now) : "",
        .remarks = report::remarks_of(*standing),
    });
  }
  return rows;
}

Widths fit(const std::vector<Row>& rows, std::size_t columns) {
  Widths widths;
  for (const Row& row : rows) {
    widths.presence = std::max(widths.presence, to_string(row.standing->presence).size());
  }
  widths.name = widest(rows, &Row::name, widest_name);
  std::size_t used = mark_width + widths.presence + gap.size() + widths.name;

  struct Candidate {
    std::size_t Widths::* width;
    std::size_t wanted;
  };
  const std::array candidates{
      Candidate{&Widths::sight, widest(rows, &Row::sight, columns)},
      Candidate{&Widths::place, widest(rows, &Row::place, widest_place)},
      Candidate{&Widths::since, widest(rows, &Row::since, columns)},
      Candidate{&Widths::rotated, widest(rows, &Row::rotated, columns)},
  };
  for (const Candidate& candidate : candidates) {
    if (used + gap.size() + candidate.wanted > columns) {
      break;
    }
    widths.*candidate.width = candidate.wanted;
    used += gap.size() + candidate.wanted;
  }
  return widths;
}

std::string line_of(const Row& row, const Widths& widths, std::size_t columns, bool color) {
  const model::Presence presence = row.standing->presence;
  std::string head(report::mark_of(color_of(presence)));
  head += ' ';
  report::append_padded(head, to_string(presence), widths.presence);
  head = report::cut(head, columns);

  std::string rest(gap);
  report::append_padded(rest, row.name, widths.name);
  const auto append = [&rest](std::string_view text, std::size_t width) {
    if (width > 0) {
      rest += gap;
      report::append_padded(rest, text, width);
    }
  };
  append(row.sight, widths.sight);
  append(row.place, widths.place);
  append(row.since, widths.since);
  append(row.rotated, widths.rotated);
  rest.erase(rest.find_last_not_of(' ') + 1);
  rest = report::cut(rest, columns - std::min(columns, display_width(head)));
  return report::paint(head, color_of(presence), color) + rest;
}

std::vector<std::string> beneath(const Row& row, std::size_t columns) {
  std::vector<std::string> lines;
  for (const std::string& remark : row.remarks) {
    const std::size_t room = columns - std::min(columns, indent.size());
    for (const std::string& line : report::wrap(remark, room)) {
      lines.push_back(report::cut(std::string(indent) + line, columns));
    }
  }
  return lines;
}

}  // namespace blindfold::terminal
