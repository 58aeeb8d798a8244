#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "platform/base/clock.hpp"

namespace blindfold::detect {

/// Decides when the plain files of one requirement are as they will stay, so
/// that one way of writing them is one rotation. A key has settled when it was
/// put in place or closed after writing; written to without being closed, after
/// 200 ms of quiet. The requirement has after 100 ms without a change to any of
/// its keys, and 2 s after the first change in any case. Pure: the time is an
/// argument.
class Settling final {
 public:
  /// `key` was renamed or linked into place, closed after writing, or removed.
  void on_complete(std::string_view key, base::SteadyTime now);

  /// `key` was created or written to and may be written to again.
  void on_write(std::string_view key, base::SteadyTime now);

  /// A change that neither begins nor ends a write: of a mode, of a time.
  void on_change(base::SteadyTime now) noexcept;

  /// `key` was removed: it is not being written to any more.
  void forget(std::string_view key) noexcept;

  /// When the requirement will have settled, if nothing more happens. Nothing:
  /// it has.
  [[nodiscard]] std::optional<base::SteadyTime> deadline() const noexcept;

  /// It has settled, or somebody has looked in spite of it.
  void clear() noexcept;

 private:
  struct OpenKey {
    std::string key;
    base::SteadyTime written;
  };

  std::optional<base::SteadyTime> first_change_;
  base::SteadyTime last_change_{};
  std::vector<OpenKey> open_;
};

}  // namespace blindfold::detect
