#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "clients/kubernetes/status_fields.hpp"
#include "clients/kubernetes/table_watch.hpp"
#include "platform/json/field_reader.hpp"

namespace blindfold::kubernetes {

struct TableItem {
  Change change = Change::added;
  TableRow row;
};

/// Reads Tables: a page of a list, or the events of a watch. Rows gather until
/// they are taken, in memory that is used again. Anything but a Table without
/// objects, or an event's Status, ends the parse at its first field.
class TableReader final : public json::FieldReader {
 public:
  enum class Shape : std::uint8_t { page, events };

  /// `columns` outlives it.
  explicit TableReader(const std::vector<std::string>& columns) noexcept : columns_(columns) {}

  /// From the beginning, with nothing gathered.
  void begin(Shape shape) noexcept;

  /// Puts the complete rows into the beginning of `into`, and says how many.
  std::size_t take(std::vector<TableItem>& into);

  /// The page's own resourceVersion, or that of the last event or bookmark.
  [[nodiscard]] const std::string& version() const noexcept { return version_; }
  /// What continues the list; empty: this was its last page.
  [[nodiscard]] const std::string& next() const noexcept { return next_; }
  /// An ERROR event's Status, the last that is read.
  [[nodiscard]] const std::optional<Status>& error() const noexcept { return error_; }
  [[nodiscard]] bool seen_bookmark() const noexcept { return seen_bookmark_; }

 private:
  enum class Type : std::uint8_t { none, added, modified, deleted, bookmark, error };

  std::size_t wanted(std::string_view path) noexcept override;
  bool on_string(std::string_view path, std::string_view value) noexcept override;
  bool on_too_long(std::string_view path) noexcept override;
  bool on_piece(std::string_view path, std::string_view piece, bool last) noexcept override;
  bool on_key(std::string_view path) noexcept override;
  bool on_number(std::string_view path, std::int64_t value) noexcept override;
  bool on_fraction(std::string_view path, double value) noexcept override;
  bool on_boolean(std::string_view path, bool value) noexcept override;
  bool on_null(std::string_view path) noexcept override;
  bool on_begin(std::string_view path) noexcept override;
  bool on_end(std::string_view path) noexcept override;
  bool on_document() noexcept override;

  [[nodiscard]] std::optional<std::string_view> within(std::string_view path) const noexcept;
  bool set_type(std::string_view type) noexcept;
  void set_column(std::string_view name) noexcept;
  bool begin_row() noexcept;
  bool end_event() noexcept;
  bool complete(Change change) noexcept;
  [[nodiscard]] std::string* next_cell() noexcept;
  bool pass_cell(std::string_view path) noexcept;

  const std::vector<std::string>& columns_;
  Shape shape_ = Shape::page;
  Type type_ = Type::none;
  bool right_kind_ = false;
  std::vector<std::size_t> places_;  ///< of each column of the Table, in columns_
  std::vector<TableItem> items_;     ///< complete ones, then those of this document
  std::size_t complete_ = 0;
  std::size_t begun_ = 0;
  std::size_t column_ = 0;       ///< of the next cell
  std::string* cell_ = nullptr;  ///< where the string that is being read goes
  std::string document_version_;
  std::string version_;
  std::string next_;
  StatusFields status_;
  std::optional<Status> error_;
  bool seen_bookmark_ = false;
};

}  // namespace blindfold::kubernetes
