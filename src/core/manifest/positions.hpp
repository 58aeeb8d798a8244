#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "core/manifest/document.hpp"

namespace blindfold::manifest {

/// Turns byte offsets, which mostly grow, into positions in characters.
class Positions final {
 public:
  explicit Positions(std::string_view text) noexcept : text_(text) {}

  /// `line` counts from 0 and holds the byte at `offset`.
  Position at(std::size_t line, std::size_t line_begin, std::size_t offset) noexcept;

 private:
  std::string_view text_;
  std::size_t line_ = 0;
  std::size_t offset_ = 0;
  std::uint32_t column_ = 1;
};

}  // namespace blindfold::manifest
