#include "world.hpp"

#include <rapidcheck.h>

#include <ostream>
#include <utility>

namespace blindfold::inventory {

using namespace std::chrono_literals;
using model::Presence;

std::ostream& operator<<(std::ostream& out, const Command& command) {
  static constexpr std::array names{"look",  "pass",   "lag",    "jump",
                                    "track", "remove", "let_go", "conclude"};
  out << names[static_cast<std::size_t>(command.kind)];
  switch (command.kind) {
    case Command::Kind::look:
      return out << " " << command.requirement << " " << to_string(command.observation.presence)
                 << " " << command.observation.version.token << "/"
                 << to_string(command.observation.sight.level) << "/"
                 << command.observation.details.size();
    case Command::Kind::pass:
    case Command::Kind::lag:
    case Command::Kind::jump:
      return out << (command.backwards ? " -" : " ") << command.time.count() << "ms";
    default:
      return out << " " << command.requirement;
  }
}

const model::Requirement& World::requirement(std::size_t index) {
  static const auto all = [] {
    std::array<model::Requirement, requirement_count> made{};
    for (std::size_t i = 0; i < made.size(); ++i) {
      made[i].id = std::string(1, static_cast<char>('a' + i));
      made[i].skipped = i == skipped_requirement;
    }
    return made;
  }();
  return all.at(index);
}

World::World(OnCall on_call) : on_call_(std::move(on_call)) {
  for (std::size_t i = 0; i < requirement_count; ++i) {
    track(i);
  }
}

void World::run(const std::vector<Command>& commands) {
  for (const Command& command : commands) {
    apply(command);
  }
}

void World::apply(const Command& command) {
  switch (command.kind) {
    case Command::Kind::look:
      if (trackers_[command.requirement].alive()) {
        call(Call::Kind::look, command.requirement, command.observation);
      }
      return;
    case Command::Kind::pass:
      pass(command.time);
      return;
    case Command::Kind::lag:
      now_.steady += command.time;
      now_.system += command.time;
      return;
    case Command::Kind::jump:
      now_.system += command.backwards ? -command.time : command.time;
      return;
    case Command::Kind::track:
      if (!tracked_[command.requirement]) {
        track(command.requirement);
      }
      return;
    case Command::Kind::remove:
      if (std::exchange(tracked_[command.requirement], false)) {
        call(Call::Kind::remove, command.requirement);
      }
      return;
    case Command::Kind::let_go:
      if (trackers_[command.requirement].alive()) {
        call(Call::Kind::let_go, command.requirement);
      }
      return;
    case Command::Kind::conclude:
      call(Call::Kind::conclude, 0);
      return;
  }
}

void World::pass(std::chrono::milliseconds time) {
  const base::SteadyTime end = now_.steady + time;
  const auto move_to = [this](base::SteadyTime moment) {
    now_.system += std::chrono::duration_cast<std::chrono::microseconds>(moment - now_.steady);
    now_.steady = moment;
  };
  while (inventory_.next_deadline().value_or(base::SteadyTime::max()) <= end) {
    move_to(std::max(now_.steady, *inventory_.next_deadline()));
    call(Call::Kind::advance, 0);
  }
  move_to(end);
}

void World::track(std::size_t index) {
  tracked_[index] = true;
  call(Call::Kind::track, index);
}

void World::call(Call::Kind kind, std::size_t index, model::Observation observation) {
  Call call{.kind = kind, .requirement = index, .observation = observation, .at = now_, .told = {}};
  switch (kind) {
    case Call::Kind::track:
      trackers_[index] = inventory_.track(requirement(index), now_);
      break;
    case Call::Kind::remove:
      inventory_.remove(requirement(index).id);
      break;
    case Call::Kind::let_go:
      trackers_[index] = Tracker();
      break;
    case Call::Kind::look:
      trackers_[index].observe(std::move(observation), now_);
      break;
    case Call::Kind::advance:
      inventory_.advance(now_);
      break;
    case Call::Kind::conclude:
      inventory_.conclude(now_);
      break;
  }
  call.told = recorder_.take();
  on_call_(call, inventory_);
}

namespace {

rc::Gen<model::Observation> observations() {
  const auto presences = rc::gen::weightedElement<Presence>({
      {8, Presence::present},
      {4, Presence::missing},
      {1, Presence::empty},
      {1, Presence::incomplete},
      {1, Presence::pending_deletion},
      {1, Presence::wrong_type},
      {2, Presence::denied},
      {4, Presence::unreachable},
      {1, Presence::unknown},
      {1, Presence::skipped},
  });
  const auto versions = rc::gen::weightedElement<model::Version>(
      {{1, model::Version{""}}, {3, model::Version{"1"}}, {2, model::Version{"2"}}});
  const auto levels = rc::gen::weightedElement<model::SightLevel>(
      {{9, model::SightLevel::self}, {1, model::SightLevel::none}});
  const auto details = rc::gen::weightedElement<model::Details>(
      {{4, {}}, {1, {model::NoEntries{}}}, {1, {model::KeyEmpty{.key = "k"}}}});
  return rc::gen::map(rc::gen::tuple(presences, versions, levels, details), [](auto drawn) {
    auto& [presence, version, level, detail] = drawn;
    return model::Observation{.presence = presence,
                              .version = std::move(version),
                              .sight = {.level = level, .reason = {}, .subject = {}},
                              .details = std::move(detail)};
  });
}

rc::Gen<Command> commands() {
  using Kind = Command::Kind;
  return rc::gen::build<Command>(
      rc::gen::set(&Command::kind, rc::gen::weightedElement<Kind>({{60, Kind::look},
                                                                   {25, Kind::pass},
                                                                   {8, Kind::lag},
                                                                   {2, Kind::jump},
                                                                   {3, Kind::track},
                                                                   {1, Kind::remove},
                                                                   {1, Kind::let_go},
                                                                   {1, Kind::conclude}})),
      rc::gen::set(&Command::requirement, rc::gen::inRange(std::size_t{0}, requirement_count)),
      rc::gen::set(&Command::observation, observations()),
      rc::gen::set(&Command::time,
                   rc::gen::element<std::chrono::milliseconds>(0ms, 1ms, 1s, 5s, 9'999ms, 10s,
                                                               10'001ms, 50s, 59'999ms, 60s, 70s)),
      rc::gen::set(&Command::backwards));
}

}  // namespace

std::vector<Command> draw_commands() {
  return *rc::gen::scale(2.0, rc::gen::container<std::vector<Command>>(commands()));
}

}  // namespace blindfold::inventory
