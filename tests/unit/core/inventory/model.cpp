#include "model.hpp"

#include <algorithm>
#include <map>
#include <sstream>
#include <utility>

namespace blindfold::inventory {

using namespace std::chrono_literals;
using model::Color;
using model::EventKind;
using model::Presence;

Model::Proof Model::Life::proof() const {
  Proof proof;
  std::optional<bool> there;
  bool away = false;
  base::SteadyTime window_end;
  bool red = false;
  std::string version;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const Step& step = steps[i];
    const auto note = [&proof, &step, i](EventKind kind) {
      proof.events.push_back({i, step.at.steady, kind});
    };
    if (step.kind == Step::Kind::look) {
      const Color color = color_of(step.observation.presence);
      const std::string& seen = step.observation.version.token;
      red = color == Color::red;
      if (color == Color::green) {
        const bool same = !version.empty() && version == seen;
        const bool other = !version.empty() && !seen.empty() && version != seen;
        if (there == false) {
          note(EventKind::appeared);
        } else if (away ? !same : other) {
          note(EventKind::rotated);
        }
        there = true;
        away = false;
        version = seen.empty() ? version : seen;
      } else if (red && there == true && !away) {
        away = true;
        window_end = step.at.steady + 10s;
      } else if (red && !there) {
        there = false;
      }
    }
    if (step.kind != Step::Kind::conclude && red && away && step.at.steady >= window_end) {
      note(EventKind::disappeared);
      proof.events.back().due = window_end;
      there = false;
      away = false;
      version.clear();
    }
  }
  if (red && away) {
    proof.window_end = window_end;
  }
  return proof;
}

const Model::Step* Model::Life::last_answer() const {
  const auto found = std::find_if(steps.rbegin(), steps.rend(), [](const Step& step) {
    return step.kind == Step::Kind::look && step.observation.presence != Presence::unreachable;
  });
  return found == steps.rend() ? nullptr : &*found;
}

std::optional<Model::Failing> Model::Life::failing() const {
  const Step* const answer = last_answer();
  std::optional<Failing> failing;
  for (const Step* step = answer == nullptr ? steps.data() : answer + 1;
       step != steps.data() + steps.size(); ++step) {
    if (step->kind == Step::Kind::look) {
      failing = failing.value_or(Failing{step->at.steady + 60s, {}, nullptr});
      failing->details = &step->observation.details;
    } else if (failing && !failing->unreachable &&
               (step->kind == Step::Kind::conclude || step->at.steady >= failing->due)) {
      failing->unreachable = step->at.system;
    }
  }
  return failing;
}

model::Standing Model::Life::shown() const {
  model::Standing shown{};
  shown.requirement = requirement;
  shown.since = standing.since;
  if (requirement->skipped) {
    shown.presence = Presence::skipped;
    return shown;
  }
  for (const Event& event : proof().events) {
    if (event.kind == EventKind::rotated) {
      shown.rotated_at = steps[event.step].at.system;
    }
  }
  const Step* const answer = last_answer();
  if (answer != nullptr) {
    shown.presence = answer->observation.presence;
    shown.sight = answer->observation.sight;
    shown.details = answer->observation.details;
    shown.answered_at = answer->at.system;
  }
  const auto failing_now = failing();
  if (failing_now && failing_now->unreachable) {
    shown.presence = Presence::unreachable;
    shown.details = *failing_now->details;
  } else {
    shown.stale = failing_now && answer != nullptr;
  }
  if (shown.presence != standing.presence) {
    shown.since = steps.back().at.system;
  }
  return shown;
}

Model::Outcome Model::grow(Life& life, Step step) {
  const auto failing = life.failing();
  Outcome outcome{.due = failing ? failing->due : base::SteadyTime{},
                  .at = step.at.system,
                  .life = &life,
                  .event = {},
                  .changed = false};
  life.steps.push_back(std::move(step));
  const Proof proof = life.proof();
  if (!proof.events.empty() && proof.events.back().step == life.steps.size() - 1) {
    outcome.event = proof.events.back().kind;
    outcome.due = proof.events.back().due;
  }
  const model::Standing before = std::exchange(life.standing, life.shown());
  outcome.changed = before.presence != life.standing.presence ||
                    before.stale != life.standing.stale || before.sight != life.standing.sight ||
                    before.details != life.standing.details || outcome.event == EventKind::rotated;
  return outcome;
}

void Model::wake(base::Instant now, Told& told) {
  std::multimap<base::SteadyTime, Outcome> by_due;  // of equal ones, the first comes first
  for (Life& life : lives_) {
    const Outcome outcome = grow(life, {Step::Kind::wake, now, {}});
    by_due.emplace(outcome.due, outcome);
  }
  for (const auto& [due, outcome] : by_due) {
    tell(outcome, told);
  }
}

void Model::tell(const Outcome& outcome, Told& told) {
  const model::Requirement& requirement = *outcome.life->requirement;
  if (outcome.event) {
    told.emplace_back(model::RotationEvent{.sequence = next_sequence_++,
                                           .kind = *outcome.event,
                                           .id = requirement.id,
                                           .provided_by = requirement.provided_by,
                                           .store = store_of(requirement.locator),
                                           .at = outcome.at});
  }
  if (outcome.changed) {
    told.emplace_back(outcome.life->standing);
  }
}

Told Model::expect(const Call& call) {
  const model::Requirement& requirement = World::requirement(call.requirement);
  Told told;
  switch (call.kind) {
    case Call::Kind::track: {
      lives_.push_back({&requirement, {}, {}});
      model::Standing& standing = lives_.back().standing;
      standing.since = call.at.system;
      standing.presence = requirement.skipped ? Presence::skipped : Presence::unknown;
      standing = lives_.back().shown();
      break;
    }
    case Call::Kind::remove:
      std::erase_if(lives_,
                    [&requirement](const Life& life) { return life.requirement == &requirement; });
      break;
    case Call::Kind::let_go:
      break;
    case Call::Kind::look:
      if (call.observation.presence != Presence::skipped) {
        wake(call.at, told);
        tell(grow(*std::ranges::find(lives_, &requirement, &Life::requirement),
                  {Step::Kind::look, call.at, call.observation}),
             told);
      }
      break;
    case Call::Kind::advance:
      wake(call.at, told);
      break;
    case Call::Kind::conclude:
      for (Life& life : lives_) {
        tell(grow(life, {Step::Kind::conclude, call.at, {}}), told);
      }
      break;
  }
  return told;
}

std::vector<model::Standing> Model::standings() const {
  std::vector<model::Standing> standings;
  for (const Life& life : lives_) {
    standings.push_back(life.standing);
  }
  return standings;
}

std::optional<base::SteadyTime> Model::next_deadline() const {
  std::optional<base::SteadyTime> next;
  const auto consider = [&next](base::SteadyTime time) {
    next = std::min(next.value_or(time), time);
  };
  for (const Life& life : lives_) {
    if (const auto end = life.proof().window_end) {
      consider(*end);
    }
    if (const auto failing = life.failing(); failing && !failing->unreachable) {
      consider(failing->due);
    }
  }
  return next;
}

namespace {

std::string when(std::optional<base::SystemTime> time) {
  return time ? std::to_string(time->time_since_epoch().count()) : "never";
}

}  // namespace

std::string line(const model::Standing& standing) {
  std::ostringstream out;
  out << standing.requirement->id << " " << to_string(standing.presence) << " since "
      << when(standing.since) << " rotated " << when(standing.rotated_at) << " answered "
      << when(standing.answered_at) << (standing.stale ? " stale " : " fresh ")
      << to_string(standing.sight.level) << " details";
  for (const model::Detail& detail : standing.details) {
    out << " " << detail.index();
  }
  return out.str();
}

std::vector<std::string> lines(const Told& told) {
  std::vector<std::string> lines;
  for (const auto& each : told) {
    if (const auto* const standing = std::get_if<model::Standing>(&each)) {
      lines.push_back(line(*standing));
      continue;
    }
    const auto& event = std::get<model::RotationEvent>(each);
    std::ostringstream out;
    out << "event " << event.sequence << " " << to_string(event.kind) << " " << event.id << " at "
        << when(event.at);
    lines.push_back(out.str());
  }
  return lines;
}

}  // namespace blindfold::inventory
