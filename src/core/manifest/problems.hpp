#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "core/manifest/diagnostic.hpp"

namespace blindfold::manifest {

/// How many diagnostics are kept; readers stop looking when there are so many.
inline constexpr std::size_t kept_diagnostics = 1'000;

/// Collects what is wrong.
class Problems final {
 public:
  void add(model::Origin where, std::string message, std::string hint = {});

  [[nodiscard]] bool any() const noexcept { return !diagnostics_.empty(); }
  [[nodiscard]] bool full() const noexcept { return diagnostics_.size() >= kept_diagnostics; }

  /// base::nearest(), for "did you mean". Looks for the first diagnostics only,
  /// the fewer the more candidates there are: a hostile file must not cost the
  /// product of its names.
  [[nodiscard]] std::optional<std::string_view> nearest(
      std::string_view name, std::span<const std::string_view> candidates) const noexcept;
  /// The same as a hint, which may be empty.
  [[nodiscard]] std::string suggest(std::string_view name,
                                    std::span<const std::string_view> candidates) const;

  /// Sorted by file, line and column; files in the order in which they came up.
  [[nodiscard]] Diagnostics take();

 private:
  Diagnostics diagnostics_;
};

/// `name` in backquotes, cut after 80 bytes; "an empty text" where it is one.
[[nodiscard]] std::string quoted(std::string_view name);

/// "FILE:LINE".
[[nodiscard]] std::string place(const model::Origin& origin);

/// "a, b and c".
[[nodiscard]] std::string listed(std::span<const std::string_view> names, std::string_view last);

}  // namespace blindfold::manifest
