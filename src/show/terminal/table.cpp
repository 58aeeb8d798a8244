#include "show/terminal/table.hpp"

#include <algorithm>
#include <iterator>
#include <numeric>
#include <utility>

#include "platform/base/printable.hpp"
#include "show/report/display_width.hpp"
#include "show/report/marks.hpp"
#include "show/report/status.hpp"
#include "show/terminal/row.hpp"

namespace blindfold::terminal {
namespace {

model::Color shade_of(const report::Summary& summary) noexcept {
  if (summary.ready()) {
    return model::Color::green;
  }
  return summary.red > 0 ? model::Color::red : model::Color::grey;
}

constexpr std::size_t most_events = 3;
// On a lower terminal the requirements need the room.
constexpr std::size_t rows_for_events = 10;
constexpr std::size_t widest_event_kind = std::string_view("disappeared").size();

std::string header(const View& view, std::size_t columns, bool color) {
  const report::Summary summary = report::summarize(view.standings);
  const std::string state = std::string(summary.ready() ? "ready: " : "not ready: ") +
                            std::to_string(summary.present) + " of " +
                            std::to_string(summary.required);
  const std::string time = "  " + short_time(view.now, view.now);
  std::string rest = "  " + base::printable(view.deployment);
  const std::size_t taken = report::display_width(state) + report::display_width(time);
  rest = report::cut(rest, columns - std::min(columns, taken)) + time;

  const std::string fitting = report::cut(state, columns);
  return report::paint(fitting, shade_of(summary), color) +
         report::cut(rest, columns - report::display_width(fitting));
}

std::vector<std::string> footer(const View& view, Size size) {
  std::vector<std::string> lines;
  if (size.rows < rows_for_events || view.events.empty()) {
    return lines;
  }
  lines.emplace_back();
  for (const model::RotationEvent& event :
       view.events.last(std::min(most_events, view.events.size()))) {
    std::string line = short_time(event.at, view.now) + "  ";
    report::append_padded(line, to_string(event.kind), widest_event_kind);
    line += "  " + base::printable(event.id);
    lines.push_back(report::cut(line, size.columns));
  }
  return lines;
}

/// Smaller comes first where not all can be shown.
int rank(const Row& row) noexcept {
  const int optional = row.standing->required ? 0 : 2;
  switch (color_of(row.standing->presence)) {
    case model::Color::red:
      return optional;
    case model::Color::grey:
      return optional + 1;
    case model::Color::green:
      return 4;
    case model::Color::none:
      return 5;
  }
  return 5;
}

bool needs_attention(const Row& row) noexcept {
  return rank(row) < 4;
}

std::string more_line(const std::vector<const Row*>& hidden) {
  const std::string line = "and " + std::to_string(hidden.size()) + " more";
  const auto wanting =
      std::ranges::count_if(hidden, [](const Row* row) { return needs_attention(*row); });
  const auto present =
      std::ranges::count_if(hidden, [](const Row* row) { return rank(*row) == 4; });
  if (wanting > 0) {
    return line + ", " + std::to_string(wanting) + " of them not present";
  }
  return line + (std::cmp_equal(present, hidden.size()) ? " present" : " present or skipped");
}

/// The lines for the requirements, in at most so many lines.
class Body final {
 public:
  Body(std::vector<Row> rows, std::size_t columns, bool color)
      : rows_(std::move(rows)), widths_(fit(rows_, columns)), columns_(columns), color_(color) {
    for (const Row& row : rows_) {
      remarks_.push_back(beneath(row, columns));
    }
  }

  [[nodiscard]] std::vector<std::string> lines(std::size_t room) {
    std::vector<std::size_t> order(rows_.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    if (height() > room) {
      std::ranges::stable_sort(order, {}, [this](std::size_t at) { return rank(rows_[at]); });
      return shortened(order, room);
    }
    std::vector<std::string> lines;
    for (const std::size_t at : order) {
      append(lines, at, true);
    }
    return lines;
  }

 private:
  [[nodiscard]] std::size_t height() const noexcept {
    std::size_t lines = rows_.size();
    for (const auto& remarks : remarks_) {
      lines += remarks.size();
    }
    return lines;
  }

  /// A line for each first, what needs attention before the rest; then what is
  /// to be said of them as far as there is room, which the rest gives way to.
  [[nodiscard]] std::vector<std::string> shortened(const std::vector<std::size_t>& order,
                                                   std::size_t room) const {
    if (room == 0) {
      return {};
    }
    const auto wanting = static_cast<std::size_t>(std::ranges::count_if(
        order, [this](std::size_t at) { return needs_attention(rows_[at]); }));
    std::size_t left = room - 1;
    std::size_t spare = left - std::min(left, wanting);
    std::vector<std::string> lines;
    std::vector<const Row*> hidden;
    for (const std::size_t at : order) {
      if (left == 0) {
        hidden.push_back(&rows_[at]);
        continue;
      }
      const bool with_remarks = remarks_[at].size() <= std::min(spare, left - 1);
      append(lines, at, with_remarks);
      spare -= with_remarks ? remarks_[at].size() : 0;
      left = room - 1 - lines.size();
      spare = std::min(spare, left);
    }
    if (hidden.size() == 1) {
      lines.push_back(line_of(*hidden.front(), widths_, columns_, color_));
    } else if (!hidden.empty()) {
      lines.push_back(report::cut(more_line(hidden), columns_));
    }
    return lines;
  }

  void append(std::vector<std::string>& lines, std::size_t at, bool with_remarks) const {
    lines.push_back(line_of(rows_[at], widths_, columns_, color_));
    if (with_remarks) {
      lines.insert(lines.end(), remarks_[at].begin(), remarks_[at].end());
    }
  }

  std::vector<Row> rows_;
  Widths widths_;
  std::size_t columns_;
  bool color_;
  std::vector<std::vector<std::string>> remarks_;
};

}  // namespace

Frame render(const View& view, Size size, bool color) {
  if (size.rows == 0 || size.columns == 0) {
    return {};
  }
  Frame frame{header(view, size.columns, color)};
  const std::vector<std::string> below = footer(view, size);
  Body body(rows_of(view.standings, view.now), size.columns, color);
  std::ranges::move(body.lines(size.rows - 1 - below.size()), std::back_inserter(frame));
  frame.insert(frame.end(), below.begin(), below.end());
  return frame;
}

}  // namespace blindfold::terminal
