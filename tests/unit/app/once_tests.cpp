#include "app/once.hpp"

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "deployments.hpp"
#include "folder.hpp"

using namespace std::chrono_literals;
using blindfold::app::Once;
using blindfold::base::SystemClock;
using blindfold::model::Presence;
using blindfold::support::Folder;
using blindfold::support::in_folder;

namespace {

// Longer than a test may take: what returns before has not waited.
constexpr auto for_ever = 1h;

/// Whether this process watches a folder: the first look is under way then.
bool watches() {
  for (const auto& each : std::filesystem::directory_iterator("/proc/self/fdinfo")) {
    std::ifstream info(each.path());
    for (std::string line; std::getline(info, line);) {
      if (line.starts_with("inotify wd:")) {
        return true;
      }
    }
  }
  return false;
}

struct World : Folder {
  void add(const std::string& id, bool required = true) {
    std::filesystem::create_directory(path() / id);
    deployment.requirements.push_back(in_folder(id, *this / id, required));
  }
  void create(const std::string& id) const { write(id + "/password"); }

  std::vector<Presence> look(Once::Limits limits) {
    Once once(clock, deployment, confinement, limits);
    std::vector<Presence> seen;
    for (const auto* const standing : once.run()) {
      seen.push_back(standing->presence);
    }
    return seen;
  }

  SystemClock clock;
  blindfold::manifest::Deployment deployment;
  blindfold::sandbox::Confinement confinement;
};

using Seen = std::vector<Presence>;

}  // namespace

BOOST_FIXTURE_TEST_SUITE(once_tests, World)

BOOST_AUTO_TEST_CASE(it_ends_as_soon_as_all_are_answered_for) {
  add("a");
  add("b");
  add("c", false);
  create("b");
  const Seen expected{Presence::missing, Presence::present, Presence::missing};
  BOOST_CHECK(look({.time = for_ever}) == expected);
}

BOOST_AUTO_TEST_CASE(nothing_to_look_at_ends_at_once) {
  BOOST_TEST(look({.time = for_ever}).empty());
  BOOST_TEST(look({.time = for_ever, .until_present = true}).empty());
}

BOOST_AUTO_TEST_CASE(what_is_skipped_is_not_waited_for) {
  add("a", false);
  deployment.requirements.front().skipped = true;
  BOOST_CHECK(look({.time = for_ever}) == Seen{Presence::skipped});
  BOOST_CHECK(look({.time = for_ever, .until_present = true}) == Seen{Presence::skipped});
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_the_last_required_file_appears) {
  add("a");
  add("b");
  add("c", false);
  create("a");
  std::thread creating([this] {
    while (!watches()) {
      std::this_thread::yield();
    }
    create("b");
  });
  const Seen expected{Presence::present, Presence::present, Presence::missing};
  BOOST_CHECK(look({.time = for_ever, .until_present = true}) == expected);
  creating.join();
}

BOOST_AUTO_TEST_CASE(a_wait_ends_when_its_time_is_up) {
  add("a");
  const auto before = clock.now().steady;
  BOOST_CHECK(look({.time = 50ms, .until_present = true}) == Seen{Presence::missing});
  BOOST_CHECK(clock.now().steady - before >= 50ms);
}

BOOST_AUTO_TEST_CASE(a_signal_ends_a_wait) {
  for (const int signal : {SIGTERM, SIGINT}) {
    World world;
    world.add("a");
    std::thread ending([signal] {
      while (!watches()) {
        std::this_thread::yield();
      }
      ::kill(::getpid(), signal);
    });
    BOOST_CHECK(world.look({.time = for_ever, .until_present = true}) == Seen{Presence::missing});
    ending.join();
  }
}

BOOST_AUTO_TEST_CASE(what_may_not_be_looked_at_is_unknown_and_not_waited_for) {
  add("a");
  create("a");
  deployment.require_sight = blindfold::model::RequiredSight::enforced;
  BOOST_CHECK(look({.time = for_ever}) == Seen{Presence::unknown});
}

BOOST_AUTO_TEST_SUITE_END()
