#pragma once

#include <string>

#include "core/model/detail.hpp"
#include "core/model/presence.hpp"
#include "core/model/sight.hpp"

namespace blindfold::model {

/// An opaque token that changes when the value may have changed. Compared for
/// equality only; never a size, never derived from the value. Empty: the store
/// gives none, and a rotation in place cannot be seen.
struct Version {
  std::string token{};

  [[nodiscard]] bool known() const noexcept { return !token.empty(); }
  friend bool operator==(const Version&, const Version&) = default;
};

/// What a store said about one requirement at one moment. A look that brought
/// no answer is an observation too: `unreachable`.
struct Observation {
  Presence presence = Presence::unknown;
  Version version{};  ///< of what is present; empty otherwise
  Sight sight{};
  Details details{};

  friend bool operator==(const Observation&, const Observation&) = default;
};

}  // namespace blindfold::model
