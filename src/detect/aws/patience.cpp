#include "detect/aws/patience.hpp"

#include <algorithm>
#include <utility>

namespace blindfold::detect {
namespace {

constexpr std::chrono::milliseconds first_wait{250};
constexpr std::chrono::seconds longest_wait{60};
constexpr std::chrono::minutes longest_asked_for{5};
// Where an account is throttled now and then, that is nothing to tell everybody.
constexpr std::chrono::seconds lasting_after{5};

}  // namespace

Patience::Patience(base::Random random) noexcept : backoff_(first_wait, longest_wait, random) {
}

std::optional<base::SteadyTime> Patience::until(base::SteadyTime now) const noexcept {
  return until_ && *until_ > now ? until_ : std::nullopt;
}

void Patience::failed(std::optional<std::chrono::seconds> retry_after,
                      base::SteadyTime now) noexcept {
  const std::chrono::nanoseconds asked_for = std::min<std::chrono::seconds>(
      retry_after.value_or(std::chrono::seconds(0)), longest_asked_for);
  if (until(now)) {
    until_ = std::max(*until_, now + asked_for);
    return;
  }
  if (!since_) {
    since_ = now;
  }
  lasting_ = now - *since_ >= lasting_after;
  until_ = now + std::max<std::chrono::nanoseconds>(asked_for, backoff_.next());
}

bool Patience::answered(base::SteadyTime now) noexcept {
  if (until(now)) {
    return false;
  }
  backoff_.reset();
  since_.reset();
  return std::exchange(lasting_, false);
}

}  // namespace blindfold::detect
