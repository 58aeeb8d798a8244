#include <rapidcheck.h>

#include <algorithm>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <map>
#include <utility>

#include "model.hpp"

using namespace std::chrono_literals;
using namespace blindfold::inventory;
using blindfold::base::SteadyTime;
using blindfold::model::Color;
using blindfold::model::EventKind;
using blindfold::model::Presence;
using blindfold::model::RotationEvent;
using blindfold::model::Standing;

namespace {

// What the laws say of one requirement, read off the looks that were made and
// the events that came, without knowing how the inventory decides.
struct History {
  std::size_t looks = 0;
  std::size_t green_looks = 0;
  std::size_t events = 0;
  std::optional<Color> first_proof;
  std::optional<EventKind> last_event;
  std::optional<Color> latest;
  Presence latest_answer = Presence::unknown;
  std::optional<Color> latest_before;
  std::optional<SteadyTime> last_green;
  std::optional<SteadyTime> last_green_before;
  std::optional<SteadyTime> failing_since;
  bool concluded = false;
};

class Laws final {
 public:
  void check(const Call& call, const Inventory& inventory) {
    take(call);
    for (const auto& each : call.told) {
      if (const auto* const event = std::get_if<RotationEvent>(&each)) {
        check_event(*event, call);
      }
    }
    for (const Standing* const standing : inventory.standings()) {
      check_standing(*standing, call);
    }
    if (call.kind == Call::Kind::advance) {
      RC_ASSERT(inventory.next_deadline().value_or(SteadyTime::max()) > call.at.steady);
    }
  }

 private:
  History& history(const std::string& id) { return histories_[id]; }

  void take(const Call& call) {
    const std::string& id = World::requirement(call.requirement).id;
    if (call.kind == Call::Kind::track || call.kind == Call::Kind::remove) {
      RC_ASSERT(call.told.empty());
      histories_[id] = {};
    } else if (call.kind == Call::Kind::conclude) {
      for (auto& [other, each] : histories_) {
        each.concluded = each.failing_since.has_value();
      }
    } else if (call.kind == Call::Kind::look && call.observation.presence != Presence::skipped) {
      take_look(histories_[id], call);
    }
  }

  static void take_look(History& history, const Call& call) {
    const Color color = color_of(call.observation.presence);
    history.latest_before = std::exchange(history.latest, color);
    history.last_green_before = history.last_green;
    ++history.looks;
    if (call.observation.presence == Presence::unreachable) {
      history.failing_since = history.failing_since.value_or(call.at.steady);
      return;
    }
    history.failing_since.reset();
    history.concluded = false;
    history.latest_answer = call.observation.presence;
    if (color == Color::green) {
      ++history.green_looks;
      history.last_green = call.at.steady;
    }
    if (color != Color::grey) {
      history.first_proof = history.first_proof.value_or(color);
    }
  }

  void check_event(const RotationEvent& event, const Call& call) {
    RC_ASSERT(event.sequence == next_sequence_);
    ++next_sequence_;
    RC_ASSERT(event.at == call.at.system);
    History& of = history(event.id);
    const bool looked =
        call.kind == Call::Kind::look && World::requirement(call.requirement).id == event.id;
    ++of.events;
    RC_ASSERT(of.events < of.looks);
    RC_ASSERT(of.green_looks > 0U);
    const bool was_there =
        of.last_event ? of.last_event != EventKind::disappeared : of.first_proof == Color::green;
    if (event.kind == EventKind::disappeared) {
      RC_ASSERT(was_there);
      // Drawn after this very look or, being due, before it.
      RC_ASSERT(of.latest == Color::red || (looked && of.latest_before == Color::red));
      const auto last_green = looked ? of.last_green_before : of.last_green;
      RC_ASSERT(call.at.steady - last_green.value() >= 10s);
    } else {
      RC_ASSERT(looked);
      RC_ASSERT(of.latest == Color::green);
      RC_ASSERT(was_there == (event.kind == EventKind::rotated));
    }
    of.last_event = event.kind;
  }

  void check_standing(const Standing& standing, const Call& call) {
    const History& of = history(standing.requirement->id);
    if (standing.requirement->skipped) {
      RC_ASSERT(standing.presence == Presence::skipped);
    } else if (standing.presence == Presence::unreachable) {
      RC_ASSERT(of.failing_since.has_value());
      RC_ASSERT(of.concluded || call.at.steady - *of.failing_since >= 60s);
      RC_ASSERT(!standing.stale);
    } else {
      RC_ASSERT(standing.presence == of.latest_answer);
      RC_ASSERT(!standing.stale || of.failing_since.has_value());
    }
  }

  std::map<std::string, History> histories_;
  std::uint64_t next_sequence_ = first_sequence;
};

// Kind, id and number of each event: what must not depend on system time.
std::vector<std::string> decisions(const std::vector<Command>& commands) {
  std::vector<std::string> decisions;
  World world([&decisions](const Call& call, const Inventory& /*inventory*/) {
    for (const auto& each : call.told) {
      if (const auto* const event = std::get_if<RotationEvent>(&each)) {
        decisions.push_back(std::string(to_string(event->kind)) + event->id +
                            std::to_string(event->sequence));
      } else {
        decisions.emplace_back(to_string(std::get<Standing>(each).presence));
      }
    }
  });
  world.run(commands);
  return decisions;
}

struct Amount {
  // Read by RapidCheck at its first property; the environment may ask for more.
  Amount() { ::setenv("RC_PARAMS", "max_success=2000", 0); }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(properties_tests, Amount)

BOOST_AUTO_TEST_CASE(it_does_exactly_what_the_model_does) {
  BOOST_TEST(rc::check("the model and the inventory say the same", [] {
    const std::vector<Command> commands = draw_commands();
    Model model;
    World world([&model](const Call& call, const Inventory& inventory) {
      RC_ASSERT(lines(call.told) == lines(model.expect(call)));
      RC_ASSERT(inventory.next_deadline() == model.next_deadline());
      std::vector<std::string> shown;
      for (const Standing* const standing : inventory.standings()) {
        shown.push_back(line(*standing));
      }
      std::vector<std::string> expected;
      for (const Standing& standing : model.standings()) {
        expected.push_back(line(standing));
      }
      RC_ASSERT(shown == expected);
    });
    world.run(commands);
  }));
}

BOOST_AUTO_TEST_CASE(the_laws_hold) {
  BOOST_TEST(rc::check("the laws hold", [] {
    const std::vector<Command> commands = draw_commands();
    Laws laws;
    World world(
        [&laws](const Call& call, const Inventory& inventory) { laws.check(call, inventory); });
    world.run(commands);
  }));
}

BOOST_AUTO_TEST_CASE(law_13_jumps_of_system_time_decide_nothing) {
  BOOST_TEST(rc::check("jumps of system time decide nothing", [] {
    const std::vector<Command> commands = draw_commands();
    std::vector<Command> without = commands;
    std::erase_if(without,
                  [](const Command& command) { return command.kind == Command::Kind::jump; });
    RC_ASSERT(decisions(commands) == decisions(without));
  }));
}

BOOST_AUTO_TEST_SUITE_END()
