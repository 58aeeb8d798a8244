#include "app/event_log.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <utility>

#include "core/model/presence.hpp"
#include "show/report/event.hpp"
#include "show/report/words.hpp"

namespace blindfold::app {
namespace {

std::string line_of(const model::Standing& standing) {
  std::string line = report::quoted(standing.requirement->id) + " is ";
  line += model::to_string(standing.presence);
  line += ", sight ";
  line += model::to_string(standing.sight.level);
  for (const std::string& more :
       {report::describe(standing.details), report::describe(standing.sight)}) {
    if (!more.empty()) {
      line += "; " + more;
    }
  }
  if (standing.stale) {
    line += "; looks have failed since";
  }
  return line;
}

log::Level level_of(const model::Standing& standing) noexcept {
  const bool fine = standing.presence == model::Presence::present ||
                    standing.presence == model::Presence::skipped || !standing.required;
  return fine && !standing.stale ? log::Level::info : log::Level::warning;
}

}  // namespace

EventLog::EventLog(loop::Loop& loop, bus::Bus& bus, log::Log& log,
                   const manifest::Deployment& deployment)
    : log_(log),
      deployment_(deployment),
      said_(deployment.requirements.size()),
      write_(loop, [this]() noexcept { write(); }),
      subscription_(
          bus.subscribe([this](const model::RotationEvent& event) noexcept { on_event(event); })) {
}

void EventLog::on_event(const model::RotationEvent& event) noexcept {
  events_.push_back(event);
  write_.schedule();
}

void EventLog::on_standing(const model::Standing& standing) noexcept {
  if (std::ranges::find(changed_, &standing) == changed_.end()) {
    changed_.push_back(&standing);
  }
  write_.schedule();
}

void EventLog::write() noexcept {
  for (const model::RotationEvent& event : std::exchange(events_, {})) {
    write_event(event);
  }
  for (const model::Standing* const standing : std::exchange(changed_, {})) {
    write_standing(*standing);
  }
}

void EventLog::write_event(const model::RotationEvent& event) noexcept {
  std::string message(model::to_string(event.kind));
  message += " " + report::quoted(event.id);
  message += " (";
  message += model::to_string(event.store);
  message += ") #" + std::to_string(event.sequence);
  log_.write_event("bus", message, report::to_json(event, deployment_.name));
}

void EventLog::write_standing(const model::Standing& standing) noexcept {
  const auto index =
      static_cast<std::size_t>(standing.requirement - deployment_.requirements.data());
  Said& said = said_[index];
  std::string line = line_of(standing);
  if (line == said.line) {
    return;
  }
  const model::SightLevel sight = standing.sight.level;
  if (sight != model::SightLevel::unknown && sight < said.sight) {
    log_.write(log::Level::warning, "inventory",
               "the sight of " + report::quoted(standing.requirement->id) + " got worse: it was " +
                   std::string(model::to_string(said.sight)));
  }
  log_.write(level_of(standing), "inventory", line);
  said = {std::move(line), sight};
}

}  // namespace blindfold::app
