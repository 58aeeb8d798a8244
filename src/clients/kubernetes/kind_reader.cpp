#include "clients/kubernetes/kind_reader.hpp"

#include <utility>

namespace blindfold::kubernetes {

std::size_t KindReader::wanted(std::string_view path) noexcept {
  if (right_) {
    return wanted_of_kind(path);
  }
  return path == "kind" ? kind_.size() : 0;
}

bool KindReader::on_string(std::string_view path, std::string_view value) noexcept {
  if (right_) {
    return on_string_of_kind(path, value);
  }
  right_ = value == kind_;
  return right_;
}

bool KindReader::on_too_long(std::string_view path) noexcept {
  return right_ && on_too_long_of_kind(path);
}

bool KindReader::on_key(std::string_view path) noexcept {
  if (!right_) {
    return path == "kind" || path == "apiVersion";
  }
  return has_data_ || (path != "data" && path != "stringData");
}

bool KindReader::on_document() noexcept {
  return std::exchange(right_, false);
}

void KindReader::start_over() noexcept {
  restart();
  right_ = false;
}

}  // namespace blindfold::kubernetes
