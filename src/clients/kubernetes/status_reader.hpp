#pragma once

#include <string_view>

#include "clients/kubernetes/kind_reader.hpp"
#include "clients/kubernetes/status_fields.hpp"

namespace blindfold::kubernetes {

/// Reads a reply that is a Status.
class StatusReader final : public KindReader {
 public:
  StatusReader() noexcept : KindReader("Status") {}

  [[nodiscard]] Status status() const { return fields_.status(); }
  void reset() noexcept {
    start_over();
    fields_.reset();
  }

 private:
  std::size_t wanted_of_kind(std::string_view path) noexcept override {
    return StatusFields::wanted(path);
  }
  bool on_string_of_kind(std::string_view path, std::string_view value) noexcept override {
    fields_.string(path, value);
    return true;
  }
  bool on_too_long_of_kind(std::string_view /*path*/) noexcept override { return true; }
  bool on_piece(std::string_view /*path*/, std::string_view piece,
                bool /*last*/) noexcept override {
    fields_.message(piece);
    return true;
  }
  bool on_number(std::string_view path, std::int64_t value) noexcept override {
    fields_.number(path, value);
    return true;
  }
  bool on_begin(std::string_view path) noexcept override {
    fields_.begin(path);
    return true;
  }

  StatusFields fields_;
};

}  // namespace blindfold::kubernetes
