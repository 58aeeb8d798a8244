#pragma once

#include <string>
#include <string_view>

#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"

namespace blindfold::http {

/// Bytes as a file that only this process can open, for a library that takes
/// certificates and keys by path alone: a sealed memfd (memfd_create(2)), which
/// Landlock lets through. Empty: no file.
class MemoryFile final {
 public:
  MemoryFile() noexcept = default;

  /// Fails where the system is out of descriptors or memory.
  [[nodiscard]] static base::Result<MemoryFile> with(std::string_view bytes) noexcept;

  /// "/proc/self/fd/N", for as long as this lives; empty where there is no file.
  [[nodiscard]] std::string path() const;

 private:
  base::UniqueFd fd_;
};

}  // namespace blindfold::http
