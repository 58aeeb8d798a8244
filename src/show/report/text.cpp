#include "show/report/text.hpp"

#include <algorithm>

#include "platform/base/printable.hpp"
#include "platform/base/timestamp.hpp"
#include "show/report/display_width.hpp"
#include "show/report/marks.hpp"
#include "show/report/words.hpp"

namespace blindfold::report {
namespace {

constexpr std::string_view gap = "  ";
constexpr std::string_view indent = "    ";
// Names wider than this do not push the other lines' columns to the right.
constexpr std::size_t widest_name_column = 40;
constexpr std::size_t widest_place_column = 40;

struct Row {
  const model::Standing* standing;
  std::string name;
  std::string place;
  std::vector<std::string> remarks;
};

struct Columns {
  std::size_t presence = 0;
  std::size_t name = 0;
  std::size_t place = 0;
};

std::vector<Row> rows_of(const Status& status) {
  std::vector<Row> rows;
  rows.reserve(status.standings.size());
  for (const model::Standing* const standing : status.standings) {
    rows.push_back({standing, name_of(*standing->requirement),
                    describe(standing->requirement->locator), remarks_of(*standing)});
  }
  return rows;
}

Columns measure(const std::vector<Row>& rows) {
  Columns columns;
  for (const Row& row : rows) {
    columns.presence = std::max(columns.presence, to_string(row.standing->presence).size());
    columns.name = std::max(columns.name, std::min(display_width(row.name), widest_name_column));
    columns.place =
        std::max(columns.place, std::min(display_width(row.place), widest_place_column));
  }
  return columns;
}

/// Text that may go beneath; on the line it takes at least `columns`.
struct Piece {
  std::string text;
  std::size_t columns = 0;
};

/// What follows the mark and the presence.
std::vector<Piece> pieces_of(const Row& row, const Columns& columns) {
  std::vector<Piece> pieces{
      {row.name, columns.name},
      {row.place, columns.place},
      {"sight " + std::string(to_string(row.standing->sight.level)), 0},
  };
  for (const std::string& remark : row.remarks) {
    pieces.push_back({remark, 0});
  }
  return pieces;
}

void append_beneath(std::string& out, std::string_view text, std::size_t width) {
  const std::size_t columns = width > indent.size() ? width - indent.size() : 0;
  for (const std::string& line : wrap(text, columns)) {
    out.append("\n").append(indent).append(line);
  }
}

void append_row(std::string& out, const Row& row, const Columns& columns,
                const TextOptions& options) {
  const model::Color color = color_of(row.standing->presence);
  std::string head(mark_of(color));
  head.append(" ").append(to_string(row.standing->presence));
  out += paint(head, color, options.color);
  std::size_t used = display_width(head);
  std::size_t next = columns.presence + 2 + gap.size();
  bool beneath = false;
  for (const Piece& piece : pieces_of(row, columns)) {
    const std::size_t width = display_width(piece.text);
    beneath = beneath || (options.width > 0 && next + width > options.width);
    if (beneath) {
      append_beneath(out, piece.text, options.width);
      continue;
    }
    out.append(next - used, ' ').append(piece.text);
    used = next + width;
    next += std::max(width, piece.columns) + gap.size();
  }
  out += '\n';
}

std::string staleness(const model::Standing& standing) {
  if (!standing.answered_at) {
    return "no look has been answered";
  }
  return "no answer since " +
         base::format_timestamp(*standing.answered_at, base::TimestampPrecision::seconds);
}

}  // namespace

std::string name_of(const model::Requirement& requirement) {
  std::string id = base::printable(requirement.id);
  if (requirement.title.empty() || requirement.title == requirement.id) {
    return id;
  }
  return base::printable(requirement.title) + " (" + id + ")";
}

std::vector<std::string> remarks_of(const model::Standing& standing) {
  std::vector<std::string> remarks;
  if (!standing.details.empty()) {
    remarks.push_back(describe(standing.details));
  }
  if (standing.sight.level == model::SightLevel::none) {
    remarks.push_back(describe(standing.sight));
  }
  if (standing.stale) {
    remarks.push_back(staleness(standing));
  }
  if (color_of(standing.presence) == model::Color::red) {
    remarks.push_back("agent commands " + base::printable(standing.requirement->id));
  }
  return remarks;
}

std::string to_text(const Status& status, const TextOptions& options) {
  const std::vector<Row> rows = rows_of(status);
  const Columns columns = measure(rows);
  std::string out;
  for (const Row& row : rows) {
    append_row(out, row, columns, options);
  }
  const std::string summary = describe(summarize(status.standings));
  for (const std::string& line :
       options.width > 0 ? wrap(summary, options.width) : std::vector<std::string>{summary}) {
    out.append(line).append("\n");
  }
  return out;
}

}  // namespace blindfold::report
