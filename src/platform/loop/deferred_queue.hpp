#pragma once

#include <cstdint>

namespace blindfold::loop {

class Deferred;

/// What is deferred on one loop: an intrusive list. It knows nothing of libuv.
class DeferredQueue final {
 public:
  void append(Deferred& deferred) noexcept;
  void remove(Deferred& deferred) noexcept;
  [[nodiscard]] bool empty() const noexcept { return first_ == nullptr; }

  /// Calls back, in order, what was scheduled before the call. From within,
  /// everything may be scheduled, cancelled and destroyed.
  void run() noexcept;

 private:
  Deferred* first_ = nullptr;
  Deferred* last_ = nullptr;
  std::uint64_t round_ = 1;
};

}  // namespace blindfold::loop
