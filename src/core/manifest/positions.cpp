#include "core/manifest/positions.hpp"

#include <algorithm>

namespace blindfold::manifest {
namespace {

bool begins_character(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xc0U) != 0x80U;
}

}  // namespace

Position Positions::at(std::size_t line, std::size_t line_begin, std::size_t offset) noexcept {
  offset = std::min(offset, text_.size());
  if (line != line_ || offset < offset_) {
    line_ = line;
    offset_ = std::min(line_begin, offset);
    column_ = 1;
  }
  for (; offset_ < offset; ++offset_) {
    column_ += begins_character(text_[offset_]) ? 1U : 0U;
  }
  return {static_cast<std::uint32_t>(line + 1), column_};
}

}  // namespace blindfold::manifest
