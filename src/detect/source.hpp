#pragma once

#include "core/inventory/tracker.hpp"

namespace blindfold::detect {

/// Looks at one requirement and pushes what it sees through its tracker.
class Source {
 public:
  virtual ~Source() = default;

  /// Looks now, unless a look is under way or about to be made.
  virtual void look() noexcept = 0;

  /// Whether nothing tells it of changes, so that it must be asked to look.
  [[nodiscard]] virtual bool polled() const noexcept = 0;

  /// Gives the tracker up: the source pushes nothing any more.
  [[nodiscard]] virtual inventory::Tracker release() noexcept = 0;
};

}  // namespace blindfold::detect
