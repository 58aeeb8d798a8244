#include "core/inventory/entry.hpp"

#include <utility>

namespace blindfold::inventory {

using model::Presence;

Entry::Entry(const model::Requirement& requirement, std::chrono::milliseconds grace,
             std::uint64_t position, base::SystemTime now)
    : standing{.requirement = &requirement,
               .required = requirement.required && !requirement.when,
               .presence = requirement.skipped ? Presence::skipped : Presence::unknown,
               .since = now,
               .rotated_at = std::nullopt,
               .answered_at = std::nullopt,
               .stale = false,
               .sight = {},
               .details = {}},
      evidence(grace),
      applies(requirement.when ? Applies::unknown : Applies::yes),
      number(position) {
}

bool Entry::show_answer(model::Observation answer, base::SystemTime now) noexcept {
  const bool changed = standing.stale || standing.presence != answer.presence ||
                       standing.sight != answer.sight || standing.details != answer.details;
  if (standing.presence != answer.presence) {
    standing.presence = answer.presence;
    standing.since = now;
  }
  standing.sight = std::move(answer.sight);
  standing.details = std::move(answer.details);
  standing.answered_at = now;
  standing.stale = false;
  unreachable_at.reset();
  failure.clear();
  return changed;
}

bool Entry::show_failure(model::Observation failed, base::SteadyTime give_up_at) noexcept {
  if (standing.presence == Presence::unreachable) {
    const bool changed = standing.details != failed.details;
    standing.details = std::move(failed.details);
    return changed;
  }
  failure = std::move(failed.details);
  if (unreachable_at) {
    return false;
  }
  unreachable_at = give_up_at;
  standing.stale = standing.answered_at.has_value();
  return standing.stale;
}

void Entry::begin_anew(bool away, base::SystemTime now) noexcept {
  evidence.forget();
  unreachable_at.reset();
  failure.clear();
  standing = {.requirement = standing.requirement,
              .required = standing.required,
              .presence = away ? Presence::skipped : Presence::unknown,
              .since = now};
}

void Entry::show_unreachable(base::SystemTime now) noexcept {
  standing.presence = Presence::unreachable;
  standing.since = now;
  standing.stale = false;
  standing.details = std::exchange(failure, {});
  unreachable_at.reset();
}

std::optional<base::SteadyTime> Entry::next_deadline() const noexcept {
  // Never both: while looks fail, no event is drawn.
  return unreachable_at ? unreachable_at : evidence.deadline();
}

}  // namespace blindfold::inventory
