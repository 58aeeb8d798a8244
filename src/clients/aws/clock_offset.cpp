#include "clients/aws/clock_offset.hpp"

namespace blindfold::aws {
namespace {

using std::chrono::microseconds;

constexpr microseconds tolerance = std::chrono::minutes(1);
// A date has no fraction: on average it is that much later.
constexpr microseconds half_a_second = std::chrono::milliseconds(500);

}  // namespace

void ClockOffset::note(std::chrono::sys_seconds date, base::SystemTime received,
                       std::chrono::nanoseconds took) noexcept {
  const auto middle = received - std::chrono::duration_cast<microseconds>(took / 2);
  const microseconds measured = date - middle + half_a_second;
  if (!alike(measured, value_)) {
    value_ = alike(measured, {}) ? microseconds() : measured;
  }
}

bool ClockOffset::alike(microseconds one, microseconds other) noexcept {
  return std::chrono::abs(one - other) <= tolerance;
}

}  // namespace blindfold::aws
