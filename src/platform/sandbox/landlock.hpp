#pragma once

#include <cstdint>
#include <string>

#include "platform/base/unique_fd.hpp"

namespace blindfold::sandbox {

enum class Rights : std::uint8_t { list, read, write };

/// A Landlock ruleset that handles all file rights that this kernel knows. The
/// first call that fails ends it: later ones do nothing, and `obstacle()` says
/// what failed.
class Ruleset final {
 public:
  Ruleset() noexcept;

  /// Allows `rights` on the folder or file that `fd` is open on, and beneath.
  void allow(int fd, Rights rights, bool is_folder) noexcept;

  /// Restricts this thread, for good; needs no-new-privileges.
  void restrict_self() noexcept;

  /// The kernel's Landlock version; 0 where Landlock does not hold.
  [[nodiscard]] int abi() const noexcept { return failed_call_ == nullptr ? abi_ : 0; }
  /// What failed and what to do; empty where nothing failed.
  [[nodiscard]] std::string obstacle() const;

 private:
  void fail(const char* call, int error_number) noexcept;

  int abi_ = 0;
  std::uint64_t handled_ = 0;
  base::UniqueFd fd_;
  const char* failed_call_ = nullptr;
  int error_number_ = 0;
};

}  // namespace blindfold::sandbox
