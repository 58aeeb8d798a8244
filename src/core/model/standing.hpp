#pragma once

#include <optional>

#include "core/model/observation.hpp"
#include "core/model/requirement.hpp"
#include "platform/base/clock.hpp"

namespace blindfold::model {

/// What may be shown of a requirement.
struct Standing {
  const Requirement* requirement;  ///< never null; outlives the standing
  /// Whether it has to be there: the manifest's word, where its `when` holds.
  bool required = true;
  Presence presence = Presence::unknown;
  base::SystemTime since{};  ///< when the presence became what it is
  std::optional<base::SystemTime> rotated_at{};
  std::optional<base::SystemTime> answered_at{};  ///< the last look that brought an answer
  bool stale = false;  ///< looks have failed since `answered_at`; the last good answer is shown
  Sight sight{};
  Details details{};
};

}  // namespace blindfold::model
