#include "platform/json/field_reader.hpp"

#include <utility>

namespace blindfold::json {

void FieldReader::append_key(std::string& path, std::string_view name) {
  if (!path.empty()) {
    path += '.';
  }
  if (name.empty()) {
    path += '\\';
  }
  for (const char character : name) {
    if (character == '.' || character == '[' || character == ']' || character == '\\') {
      path += '\\';
    }
    path += character;
  }
}

bool FieldReader::begin() noexcept {
  levels_.push_back(path_.size());
  return on_begin(path_);
}

bool FieldReader::end() noexcept {
  path_.resize(levels_.back());
  levels_.pop_back();
  return on_end(path_);
}

bool FieldReader::begin_object() noexcept {
  return begin();
}

bool FieldReader::end_object() noexcept {
  return end();
}

bool FieldReader::begin_array() noexcept {
  const bool go_on = begin();
  path_ += "[]";
  return go_on;
}

bool FieldReader::end_array() noexcept {
  return end();
}

bool FieldReader::key(std::string_view name) noexcept {
  path_.resize(levels_.back());
  append_key(path_, name);
  return on_key(path_);
}

bool FieldReader::string(std::string_view piece, bool last) noexcept {
  if (!std::exchange(in_string_, !last)) {
    room_ = wanted(path_);
    text_.clear();
    if (last && room_ > 0 && room_ != in_pieces && piece.size() <= room_) {
      return on_string(path_, piece);
    }
  }
  if (room_ == 0) {
    return true;
  }
  if (room_ == in_pieces) {
    return on_piece(path_, piece, last);
  }
  if (piece.size() > room_ - text_.size()) {
    room_ = 0;
    text_.clear();
    return on_too_long(path_);
  }
  text_ += piece;
  return !last || on_string(path_, text_);
}

bool FieldReader::number(std::int64_t value) noexcept {
  return on_number(path_, value);
}

bool FieldReader::fraction(double value) noexcept {
  return on_fraction(path_, value);
}

bool FieldReader::boolean(bool value) noexcept {
  return on_boolean(path_, value);
}

bool FieldReader::null() noexcept {
  return on_null(path_);
}

bool FieldReader::end_document() noexcept {
  restart();
  return on_document();
}

void FieldReader::restart() noexcept {
  path_.clear();
  levels_.clear();
  text_.clear();
  room_ = 0;
  in_string_ = false;
}

}  // namespace blindfold::json
