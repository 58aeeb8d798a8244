#include "show/report/marks.hpp"

namespace blindfold::report {
namespace {

std::string_view start_of(model::Color color) noexcept {
  switch (color) {
    case model::Color::green:
      return "\x1b[32m";
    case model::Color::red:
      return "\x1b[31m";
    case model::Color::grey:
    case model::Color::none:
      return "\x1b[2m";
  }
  return {};
}

}  // namespace

std::string_view mark_of(model::Color color) noexcept {
  switch (color) {
    case model::Color::green:
      return "✓";
    case model::Color::red:
      return "✗";
    case model::Color::grey:
      return "?";
    case model::Color::none:
      return "–";
  }
  return {};
}

std::string paint(std::string_view text, model::Color color, bool colored) {
  if (!colored) {
    return std::string(text);
  }
  return std::string(start_of(color)).append(text).append("\x1b[0m");
}

}  // namespace blindfold::report
