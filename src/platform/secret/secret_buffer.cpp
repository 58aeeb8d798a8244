#include "platform/secret/secret_buffer.hpp"

#include <sodium.h>

#include <algorithm>
#include <cstring>
#include <string>

namespace blindfold::secret {

SecretBuffer::~SecretBuffer() {
  clear();
}

SecretBuffer::SecretBuffer(SecretBuffer&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)),
      size_(std::exchange(other.size_, 0)),
      capacity_(std::exchange(other.capacity_, 0)) {
}

SecretBuffer& SecretBuffer::operator=(SecretBuffer&& other) noexcept {
  if (this != &other) {
    clear();
    data_ = std::exchange(other.data_, nullptr);
    size_ = std::exchange(other.size_, 0);
    capacity_ = std::exchange(other.capacity_, 0);
  }
  return *this;
}

base::Result<SecretBuffer> SecretBuffer::with_capacity(std::size_t capacity) noexcept {
  SecretBuffer buffer;
  if (capacity == 0) {
    return buffer;
  }
  // Without sodium_init, sodium_malloc takes a page's size for granted and its
  // canary is the same in every process. Every call but the first does nothing.
  void* const memory = sodium_init() < 0 ? nullptr : sodium_malloc(capacity);
  if (memory == nullptr) {
    return std::unexpected(base::Error{base::ErrorKind::internal,
                                       "the system gives no guarded memory for a credential",
                                       "raise the memory limit of the process"});
  }
  buffer.data_ = static_cast<char*>(memory);
  buffer.capacity_ = capacity;
  sodium_memzero(memory, capacity);
  return buffer;
}

base::Result<> SecretBuffer::append(std::string_view bytes) noexcept {
  if (bytes.size() > capacity_ - size_) {
    return std::unexpected(
        base::Error{base::ErrorKind::limit, "a credential is larger than what is made for it", {}});
  }
  if (!bytes.empty()) {
    std::memmove(data_ + size_, bytes.data(), bytes.size());
    size_ += bytes.size();
  }
  return {};
}

void SecretBuffer::truncate(std::size_t size) noexcept {
  size_ = std::min(size, size_);
  if (data_ != nullptr) {
    sodium_memzero(data_ + size_, capacity_ - size_);
  }
}

void SecretBuffer::clear() noexcept {
  sodium_free(std::exchange(data_, nullptr));
  size_ = 0;
  capacity_ = 0;
}

}  // namespace blindfold::secret
