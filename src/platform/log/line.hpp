#pragma once

#include <string>
#include <string_view>

#include "platform/base/clock.hpp"
#include "platform/log/log.hpp"

namespace blindfold::log {

/// What one log line says.
struct Record {
  base::SystemTime at;
  Level level = Level::info;
  std::string_view component;
  std::string_view message;
  std::string_view document;  ///< a JSON object, left out of text; may be empty
};

/// With a line feed, at most `longest_line` bytes: a longer message is cut between
/// two characters and ends in an ellipsis, so that JSON stays JSON.
[[nodiscard]] std::string line_of(const Record& record, Format format);

}  // namespace blindfold::log
