#include "platform/xml/wiping_memory.hpp"

#include <string.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <cstring>

namespace blindfold::xml {
namespace {

/// Before each piece of memory: how much of it there is.
struct alignas(std::max_align_t) Head {
  std::size_t size;
};

Head* head_of(void* memory) noexcept {
  return static_cast<Head*>(memory) - 1;
}

}  // namespace

void* allocate(std::size_t size) noexcept {
  if (size > SIZE_MAX - sizeof(Head)) {
    return nullptr;
  }
  // NOLINTNEXTLINE(*-no-malloc): what is to be wiped before it is freed is nobody's object
  auto* const head = static_cast<Head*>(std::malloc(sizeof(Head) + size));
  if (head == nullptr) {
    return nullptr;
  }
  head->size = size;
  return head + 1;
}

void* reallocate(void* memory, std::size_t size) noexcept {
  void* const moved = allocate(size);
  if (moved != nullptr && memory != nullptr) {
    std::memcpy(moved, memory, std::min(size, head_of(memory)->size));
    release(memory);
  }
  return moved;
}

void release(void* memory) noexcept {
  if (memory != nullptr) {
    ::explicit_bzero(memory, head_of(memory)->size);
    std::free(head_of(memory));  // NOLINT(*-no-malloc): the other half
  }
}

}  // namespace blindfold::xml
