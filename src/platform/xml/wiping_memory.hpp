#pragma once

#include <cstddef>

namespace blindfold::xml {

// malloc, realloc and free for a library that keeps what it reads: what is given
// back, or moved away from, is wiped first.

[[nodiscard]] void* allocate(std::size_t size) noexcept;
[[nodiscard]] void* reallocate(void* memory, std::size_t size) noexcept;
void release(void* memory) noexcept;

}  // namespace blindfold::xml
