#include "platform/base/timestamp.hpp"

#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace blindfold::base {
namespace {

void put_digits(char* end, std::uint64_t number, int digits) noexcept {
  for (; digits > 0; --digits, number /= 10) {
    *--end = static_cast<char>('0' + number % 10);
  }
}

/// The digits at the front, as many as said, and what may follow them.
std::optional<int> take(std::string_view& text, std::size_t digits,
                        std::string_view then = {}) noexcept {
  int number = 0;
  const std::string_view front = text.substr(0, digits);
  const auto [end, error] = std::from_chars(front.data(), front.data() + front.size(), number);
  if (error != std::errc() || end != front.data() + digits || front.front() == '-' ||
      !text.substr(digits).starts_with(then)) {
    return std::nullopt;
  }
  text.remove_prefix(digits + then.size());
  return number;
}

/// ".5" at the front, where there is one.
std::chrono::microseconds take_fraction(std::string_view& text) noexcept {
  std::int64_t microseconds = 0;
  if (!text.starts_with('.')) {
    return {};
  }
  text.remove_prefix(1);
  std::int64_t unit = 100'000;
  while (!text.empty() && text.front() >= '0' && text.front() <= '9') {
    microseconds += unit * (text.front() - '0');
    unit /= 10;
    text.remove_prefix(1);
  }
  return std::chrono::microseconds(microseconds);
}

std::optional<std::chrono::minutes> offset_in(std::string_view text) noexcept {
  if (text == "Z" || text == "z") {
    return std::chrono::minutes(0);
  }
  const bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) {
    return std::nullopt;
  }
  text.remove_prefix(1);
  const auto hours = take(text, 2, ":");
  const auto minutes = hours ? take(text, 2) : std::nullopt;
  if (!minutes || !text.empty() || *hours > 23 || *minutes > 59) {
    return std::nullopt;
  }
  return std::chrono::minutes((west ? -1 : 1) * (*hours * 60 + *minutes));
}

}  // namespace

std::string format_timestamp(SystemTime time, TimestampPrecision precision) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date(day);
  const hh_mm_ss clock(time - day);

  std::string text = precision == TimestampPrecision::seconds ? "0000-00-00T00:00:00Z"
                                                              : "0000-00-00T00:00:00.000000Z";
  char* const start = text.data();
  put_digits(start + 4, static_cast<std::uint64_t>(static_cast<int>(date.year())), 4);
  put_digits(start + 7, static_cast<unsigned>(date.month()), 2);
  put_digits(start + 10, static_cast<unsigned>(date.day()), 2);
  put_digits(start + 13, static_cast<std::uint64_t>(clock.hours().count()), 2);
  put_digits(start + 16, static_cast<std::uint64_t>(clock.minutes().count()), 2);
  put_digits(start + 19, static_cast<std::uint64_t>(clock.seconds().count()), 2);
  if (precision == TimestampPrecision::microseconds) {
    put_digits(start + 26, static_cast<std::uint64_t>(clock.subseconds().count()), 6);
  }
  return text;
}

std::optional<SystemTime> parse_timestamp(std::string_view text) noexcept {
  std::array<int, 6> parts{};
  constexpr std::array<std::string_view, 6> then{"-", "-", "", ":", ":", ""};
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto part = take(text, i == 0 ? 4 : 2, then[i]);
    if (!part) {
      return std::nullopt;
    }
    parts[i] = *part;
    if (i == 2) {
      if (!text.starts_with('T') && !text.starts_with('t')) {
        return std::nullopt;
      }
      text.remove_prefix(1);
    }
  }
  const auto fraction = take_fraction(text);
  const auto offset = offset_in(text);
  const std::chrono::year_month_day day{std::chrono::year(parts[0]),
                                        std::chrono::month(static_cast<unsigned>(parts[1])),
                                        std::chrono::day(static_cast<unsigned>(parts[2]))};
  if (!offset || !day.ok() || parts[3] > 23 || parts[4] > 59 || parts[5] > 60) {
    return std::nullopt;
  }
  return SystemTime(std::chrono::sys_days(day).time_since_epoch() + std::chrono::hours(parts[3]) +
                    std::chrono::minutes(parts[4]) + std::chrono::seconds(parts[5]) + fraction -
                    *offset);
}

}  // namespace blindfold::base
