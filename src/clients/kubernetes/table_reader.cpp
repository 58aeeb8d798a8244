#include "clients/kubernetes/table_reader.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::kubernetes {
namespace {

constexpr std::size_t longest_word = 16;  // of a type or a kind
constexpr std::size_t longest_version = 256;
constexpr std::size_t longest_continue = 4096;
constexpr std::size_t longest_column = 64;
constexpr std::size_t longest_cell = 1024;
constexpr std::size_t most_columns = 64;
constexpr auto nowhere = static_cast<std::size_t>(-1);
constexpr std::string_view object = "object.";

}  // namespace

void TableReader::begin(Shape shape) noexcept {
  restart();
  shape_ = shape;
  type_ = Type::none;
  right_kind_ = false;
  places_.clear();
  items_ = {};
  complete_ = 0;
  begun_ = 0;
  document_version_.clear();
  version_.clear();
  next_.clear();
  status_.reset();
  error_.reset();
  seen_bookmark_ = false;
}

std::size_t TableReader::take(std::vector<TableItem>& into) {
  const std::size_t taken = std::exchange(complete_, 0);
  into.resize(std::max(into.size(), taken));
  std::swap_ranges(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(taken),
                   into.begin());
  std::rotate(items_.begin(), items_.begin() + static_cast<std::ptrdiff_t>(taken),
              items_.begin() + static_cast<std::ptrdiff_t>(begun_));
  begun_ -= taken;
  return taken;
}

// The path within the Table or the Status itself.
std::optional<std::string_view> TableReader::within(std::string_view path) const noexcept {
  if (shape_ == Shape::page) {
    return path;
  }
  return path.starts_with(object) ? std::optional(path.substr(object.size())) : std::nullopt;
}

std::size_t TableReader::wanted(std::string_view path) noexcept {
  const auto inner = within(path);
  if (!inner) {
    return path == "type" ? longest_word : 0;
  }
  if (!right_kind_) {
    return *inner == "kind" ? longest_word : 0;
  }
  if (type_ == Type::error) {
    return StatusFields::wanted(*inner);
  }
  if (*inner == "rows[].cells[]") {
    cell_ = next_cell();
    return cell_ == nullptr ? 0 : longest_cell;
  }
  if (*inner == "metadata.resourceVersion") {
    return longest_version;
  }
  if (*inner == "metadata.continue") {
    return longest_continue;
  }
  return *inner == "columnDefinitions[].name" ? longest_column : 0;
}

bool TableReader::on_string(std::string_view path, std::string_view value) noexcept {
  const auto inner = within(path);
  if (!inner) {
    return set_type(value);
  }
  if (!right_kind_) {
    right_kind_ = value == (type_ == Type::error ? "Status" : "Table");
    return right_kind_;
  }
  if (type_ == Type::error) {
    status_.string(*inner, value);
  } else if (*inner == "rows[].cells[]") {
    *cell_ = value;
  } else if (*inner == "metadata.resourceVersion") {
    document_version_ = value;
  } else if (*inner == "metadata.continue") {
    next_ = value;
  } else {
    set_column(value);
  }
  return true;
}

bool TableReader::on_too_long(std::string_view path) noexcept {
  const auto inner = within(path);
  return inner && right_kind_ && !inner->starts_with("metadata.");
}

bool TableReader::on_piece(std::string_view /*path*/, std::string_view piece,
                           bool /*last*/) noexcept {
  status_.message(piece);
  return true;
}

bool TableReader::on_key(std::string_view path) noexcept {
  const auto inner = within(path);
  if (!inner) {
    return path == "type" || (path == "object" && type_ != Type::none);
  }
  if (!right_kind_) {
    return *inner == "kind" || *inner == "apiVersion";
  }
  return *inner != "data" && *inner != "stringData";
}

bool TableReader::set_type(std::string_view type) noexcept {
  if (error_) {
    return false;
  }
  if (type == "ADDED") {
    type_ = Type::added;
  } else if (type == "MODIFIED") {
    type_ = Type::modified;
  } else if (type == "DELETED") {
    type_ = Type::deleted;
  } else if (type == "BOOKMARK") {
    type_ = Type::bookmark;
  } else if (type == "ERROR") {
    type_ = Type::error;
  } else {
    return false;
  }
  return true;
}

void TableReader::set_column(std::string_view name) noexcept {
  if (!places_.empty()) {
    const auto found = std::ranges::find(columns_, name);
    places_.back() =
        found == columns_.end() ? nowhere : static_cast<std::size_t>(found - columns_.begin());
  }
}

std::string* TableReader::next_cell() noexcept {
  const std::size_t column = column_++;
  if (column >= places_.size() || places_[column] == nowhere || begun_ == complete_) {
    return nullptr;
  }
  return &items_[begun_ - 1].row.cells[places_[column]];
}

bool TableReader::pass_cell(std::string_view path) noexcept {
  if (right_kind_ && within(path) == "rows[].cells[]") {
    ++column_;
  }
  return true;
}

bool TableReader::on_number(std::string_view path, std::int64_t value) noexcept {
  const auto inner = within(path);
  if (!inner || !right_kind_) {
    return true;
  }
  if (type_ == Type::error) {
    status_.number(*inner, value);
  } else if (*inner == "rows[].cells[]") {
    if (std::string* cell = next_cell(); cell != nullptr) {
      *cell = std::to_string(value);
    }
  }
  return true;
}

bool TableReader::on_fraction(std::string_view path, double /*value*/) noexcept {
  return pass_cell(path);
}

bool TableReader::on_boolean(std::string_view path, bool /*value*/) noexcept {
  return pass_cell(path);
}

bool TableReader::on_null(std::string_view path) noexcept {
  return pass_cell(path);
}

bool TableReader::on_begin(std::string_view path) noexcept {
  const auto inner = within(path);
  if (!inner || !right_kind_) {
    return true;
  }
  if (type_ == Type::error) {
    status_.begin(*inner);
    return true;
  }
  if (*inner == "columnDefinitions") {
    places_.clear();
  } else if (*inner == "columnDefinitions[]") {
    places_.push_back(nowhere);
    return places_.size() <= most_columns;
  } else if (*inner == "rows[]") {
    return begin_row();
  } else if (*inner == "rows[].cells") {
    column_ = 0;
  }
  // An object was not asked for, and is not looked at.
  return *inner != "rows[].object" && pass_cell(path);
}

bool TableReader::begin_row() noexcept {
  // A bookmark has an empty row.
  if (type_ == Type::bookmark) {
    return true;
  }
  if (places_.empty() && !columns_.empty()) {
    return false;
  }
  if (begun_ == items_.size()) {
    items_.emplace_back();
  }
  TableRow& row = items_[begun_++].row;
  row.cells.resize(columns_.size());
  std::ranges::for_each(row.cells, &std::string::clear);
  row.resource_version.clear();
  return true;
}

bool TableReader::on_end(std::string_view path) noexcept {
  if (shape_ == Shape::page && path == "rows[]") {
    items_[begun_ - 1].change = Change::added;
    complete_ = begun_;
  }
  return true;
}

bool TableReader::on_document() noexcept {
  const bool right = std::exchange(right_kind_, false);
  version_ = std::exchange(document_version_, {});
  return right && (shape_ == Shape::page || end_event());
}

bool TableReader::end_event() noexcept {
  switch (std::exchange(type_, Type::none)) {
    case Type::error:
      error_ = status_.status();
      return true;
    case Type::bookmark:
      seen_bookmark_ = true;
      return !version_.empty();
    case Type::added:
      return complete(Change::added);
    case Type::modified:
      return complete(Change::modified);
    case Type::deleted:
      return complete(Change::deleted);
    case Type::none:
      break;
  }
  return false;
}

bool TableReader::complete(Change change) noexcept {
  if (version_.empty()) {
    return false;
  }
  for (; complete_ < begun_; ++complete_) {
    items_[complete_].change = change;
    items_[complete_].row.resource_version = version_;
  }
  return true;
}

}  // namespace blindfold::kubernetes
