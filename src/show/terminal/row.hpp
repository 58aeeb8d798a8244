#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/model/standing.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::terminal {

/// A requirement in words, before it is known what fits.
struct Row {
  const model::Standing* standing;
  std::string name;
  std::string sight;
  std::string place;
  std::string since;
  std::string rotated;
  std::vector<std::string> remarks;
};

/// Columns of the table; 0: not shown.
struct Widths {
  std::size_t presence = 0;
  std::size_t name = 0;
  std::size_t sight = 0;
  std::size_t place = 0;
  std::size_t since = 0;
  std::size_t rotated = 0;
};

/// "12:00:05Z" where it is on the day of `now`, else "2026-11-22"; both in UTC.
[[nodiscard]] std::string short_time(base::SystemTime time, base::SystemTime now);

[[nodiscard]] std::vector<Row> rows_of(std::span<const model::Standing* const> standings,
                                       base::SystemTime now);

/// What fits into `columns`: presence and name, then one more after the other
/// as long as no name has to be cut for it.
[[nodiscard]] Widths fit(const std::vector<Row>& rows, std::size_t columns);

[[nodiscard]] std::string line_of(const Row& row, const Widths& widths, std::size_t columns,
                                  bool color);

/// The remarks, wrapped and indented.
[[nodiscard]] std::vector<std::string> beneath(const Row& row, std::size_t columns);

}  // namespace blindfold::terminal
