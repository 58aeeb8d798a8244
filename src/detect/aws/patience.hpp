#pragma once

#include <chrono>
#include <optional>

#include "platform/base/backoff.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// How long a service in a region is left alone after it gave no answer: for
/// 250 ms to 60 s with full jitter, or as long as it asked for, five minutes at
/// most. Until it answers again, one question at a time finds out. Pure.
class Patience final {
 public:
  explicit Patience(base::Random random = base::Random()) noexcept;

  /// Nothing may be asked before; nothing: it may be now.
  [[nodiscard]] std::optional<base::SteadyTime> until(base::SteadyTime now) const noexcept;
  /// It has not answered since it last failed.
  [[nodiscard]] bool tried() const noexcept { return since_.has_value(); }
  /// It has failed for a while, whenever it was asked: it is true of everything.
  [[nodiscard]] bool lasting() const noexcept { return lasting_; }

  void failed(std::optional<std::chrono::seconds> retry_after, base::SteadyTime now) noexcept;
  /// An answer to what was asked before it failed ends nothing. Whether trouble
  /// that was lasting is over.
  bool answered(base::SteadyTime now) noexcept;

 private:
  base::Backoff backoff_;
  std::optional<base::SteadyTime> until_;
  std::optional<base::SteadyTime> since_;  ///< the first failure in a row
  bool lasting_ = false;
};

}  // namespace blindfold::detect
