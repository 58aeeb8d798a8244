#include "platform/base/duration.hpp"

#include <array>
#include <charconv>
#include <cstdint>

namespace blindfold::base {
namespace {

struct Unit {
  std::string_view name;
  std::int64_t milliseconds;
};

constexpr std::array units{Unit{"d", 86'400'000}, Unit{"h", 3'600'000}, Unit{"m", 60'000},
                           Unit{"s", 1'000}, Unit{"ms", 1}};

constexpr std::int64_t longest = 3'653LL * 86'400'000;

}  // namespace

std::optional<Duration> parse_duration(std::string_view text) noexcept {
  std::int64_t count = 0;
  const char* const end = text.data() + text.size();
  const auto [rest, error] = std::from_chars(text.data(), end, count);
  if (error != std::errc{} || text.front() == '-') {
    return std::nullopt;
  }
  const std::string_view suffix(rest, static_cast<std::size_t>(end - rest));
  for (const Unit& unit : units) {
    if (suffix == unit.name && count <= longest / unit.milliseconds) {
      return Duration(count * unit.milliseconds);
    }
  }
  return std::nullopt;
}

std::string format_duration(Duration duration) {
  for (const Unit& unit : units) {
    if (duration.count() != 0 && duration.count() % unit.milliseconds == 0) {
      return std::to_string(duration.count() / unit.milliseconds) + std::string(unit.name);
    }
  }
  return "0s";
}

}  // namespace blindfold::base
