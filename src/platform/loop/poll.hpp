#pragma once

#include <cstdint>

#include "platform/base/error.hpp"
#include "platform/loop/callback.hpp"
#include "platform/loop/loop.hpp"

namespace blindfold::loop {

enum class Readiness : std::uint8_t {
  none = 0,
  readable = 1,
  writable = 2,
  disconnected = 4,
  priority = 8,  ///< POLLPRI: what procfs and sysfs tell changes by
  error = 16,    ///< never asked for; comes with all that was: trying it tells which error
};

[[nodiscard]] constexpr Readiness operator|(Readiness a, Readiness b) noexcept {
  return static_cast<Readiness>(static_cast<std::uint8_t>(a) | static_cast<std::uint8_t>(b));
}
[[nodiscard]] constexpr bool includes(Readiness set, Readiness one) noexcept {
  return (static_cast<std::uint8_t>(set) & static_cast<std::uint8_t>(one)) != 0;
}

/// Says when a descriptor is ready, again on each turn for as long as it is. It
/// does not own the descriptor, which stays open for as long as the Poll is
/// started; one started Poll a descriptor.
class Poll final {
 public:
  Poll(Loop& loop, Callback<Readiness> on_ready) noexcept;
  ~Poll();
  Poll(const Poll&) = delete;
  Poll& operator=(const Poll&) = delete;
  Poll(Poll&&) = delete;
  Poll& operator=(Poll&&) = delete;

  /// Starts, or changes what is waited for. `fd` is put into non-blocking mode;
  /// it must not change between start() and stop(). Fails where epoll refuses
  /// the descriptor (a plain file), another Poll has it, or the system is out of
  /// something.
  [[nodiscard]] base::Result<> start(int fd, Readiness interest) noexcept;
  void stop() noexcept;
  [[nodiscard]] bool active() const noexcept { return node_ != nullptr; }

 private:
  struct Node;
  Loop& loop_;
  OwnedCallback<Readiness> on_ready_;
  Node* node_ = nullptr;
};

}  // namespace blindfold::loop
