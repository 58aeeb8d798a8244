#include "platform/base/timestamp.hpp"

#include <string_view>

namespace blindfold::base {
namespace {

void put_digits(char* end, std::uint64_t number, int digits) noexcept {
  for (; digits > 0; --digits, number /= 10) {
    *--end = static_cast<char>('0' + number % 10);
  }
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

}  // namespace blindfold::base
