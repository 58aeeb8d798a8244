#pragma once

#include <cassert>
#include <cstddef>
#include <span>
#include <string_view>
#include <utility>

#include "platform/base/error.hpp"

namespace blindfold::secret {

/// Bytes of a credential, in memory of its own that is guarded, left out of core
/// dumps and wiped (libsodium's sodium_malloc), and locked as far as the
/// system's RLIMIT_MEMLOCK goes: one page at least each. Move-only: copying,
/// comparing, streaming and formatting one do not compile, and its bytes are
/// only lent. They stay where they are for as long as the buffer lives, moved or
/// not. A buffer that was moved from is empty.
class SecretBuffer final {
 public:
  SecretBuffer() noexcept = default;
  ~SecretBuffer();
  SecretBuffer(SecretBuffer&& other) noexcept;
  SecretBuffer& operator=(SecretBuffer&& other) noexcept;
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;

  /// Room for `capacity` bytes, none of them used. Fails (`internal`) where the
  /// system gives no such memory.
  [[nodiscard]] static base::Result<SecretBuffer> with_capacity(std::size_t capacity) noexcept;

  [[nodiscard]] std::size_t size() const noexcept { return size_; }
  [[nodiscard]] std::size_t capacity() const noexcept { return capacity_; }
  [[nodiscard]] bool empty() const noexcept { return size_ == 0; }

  /// Adds bytes at the end. Fails (`limit`) where there is no room; nothing is
  /// added then.
  [[nodiscard]] base::Result<> append(std::string_view bytes) noexcept;

  /// Drops what is beyond `size` bytes, and wipes all the room there is then.
  void truncate(std::size_t size) noexcept;

  /// Wipes and frees it now: at the last use, not at the end of the scope.
  void clear() noexcept;

  /// Lends the bytes to `use`, for as long as the call lasts.
  template <class Use>
  decltype(auto) with_bytes(Use&& use) const {
    return std::forward<Use>(use)(std::string_view(data_, size_));
  }

  /// Lends the room beyond the used bytes; `fill` returns how many it wrote,
  /// which count as used from then on. For read(2) into it.
  template <class Fill>
  void fill(Fill&& fill) {
    const std::span<char> room(data_ + size_, capacity_ - size_);
    const std::size_t written = std::forward<Fill>(fill)(room);
    assert(written <= room.size());
    size_ += written;
  }

 private:
  char* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t capacity_ = 0;
};

}  // namespace blindfold::secret
