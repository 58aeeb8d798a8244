#pragma once

#include <cstdint>
#include <random>

namespace blindfold::base {

/// Numbers for jitter: quick and small, never for a secret. Seeded from the
/// system, or with a number of the caller's so that a test repeats.
class Random final {
 public:
  Random() : state_((std::uint64_t{std::random_device()()} << 32U) | std::random_device()()) {}
  explicit Random(std::uint64_t seed) noexcept : state_(seed) {}

  /// Of [0, 1).
  [[nodiscard]] double fraction() noexcept {
    return static_cast<double>(next() >> 11U) * 0x1.0p-53;
  }

 private:
  /// SplitMix64 (Steele, Lea, Flood: Fast Splittable Pseudorandom Number
  /// Generators, 2014).
  std::uint64_t next() noexcept {
    std::uint64_t mixed = state_ += 0x9e3779b97f4a7c15U;
    mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9U;
    mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebU;
    return mixed ^ (mixed >> 31U);
  }

  std::uint64_t state_;
};

}  // namespace blindfold::base
