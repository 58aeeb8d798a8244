// What a watch's callback may do to itself, to others and to the instance.

#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <deque>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "platform/loop/inotify.hpp"
#include "support/inotify_record.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

namespace fs = std::filesystem;
using blindfold::loop::Inotify;
using blindfold::loop::InotifyEvent;
using blindfold::loop::InotifyWatch;
using blindfold::support::fill_queue;
using blindfold::support::LoopFixture;
using blindfold::support::Record;
using blindfold::support::ScratchFolder;
using Lines = std::vector<std::string>;

namespace {

struct Watching : LoopFixture {
  Watching() { BOOST_REQUIRE(inotify.open().has_value()); }
  void settle() { turn(4); }
  void watch(InotifyWatch& watch, const std::string& name = ".") {
    BOOST_REQUIRE(watch.start(scratch / name, IN_CREATE | IN_DELETE_SELF).has_value());
  }
  ScratchFolder scratch{"/dev/shm"};
  Inotify inotify{loop()};
  std::string seen;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(inotify_within_tests)

BOOST_FIXTURE_TEST_CASE(itself_can_be_destroyed, Watching) {
  const auto held = std::make_shared<int>(7);
  std::optional<InotifyWatch> self;
  self.emplace(inotify, [&, held](const InotifyEvent& event) noexcept {
    self.reset();
    seen += event.name;
    seen += std::to_string(*held);
  });
  watch(*self);
  Record other(inotify, scratch.path(), IN_CREATE);
  scratch.write("a");
  scratch.write("b");
  settle();
  BOOST_TEST(seen == "a7");
  BOOST_TEST(other.lines.size() == 2u);
  BOOST_TEST(held.use_count() == 1);
}

BOOST_FIXTURE_TEST_CASE(others_of_the_same_inode_can_be_destroyed, Watching) {
  // Whichever comes first ends all others, before and behind it.
  constexpr std::size_t count = 5;
  for (std::size_t first = 0; first < count; ++first) {
    std::vector<std::unique_ptr<InotifyWatch>> watches(count);
    int calls = 0;
    for (std::size_t i = 0; i < count; ++i) {
      watches[i] = std::make_unique<InotifyWatch>(inotify, [&, i](const InotifyEvent&) noexcept {
        ++calls;
        if (i == first) {
          for (std::size_t other = 0; other < count; ++other) {
            if (other != i) {
              watches[other].reset();
            }
          }
          watches[i].reset();
        }
      });
      watch(*watches[i]);
    }
    scratch.write("a" + std::to_string(first));
    settle();
    BOOST_TEST(calls == static_cast<int>(first) + 1);
  }
}

BOOST_FIXTURE_TEST_CASE(itself_can_be_stopped_and_started, Watching) {
  InotifyWatch self(inotify, [&](const InotifyEvent& event) noexcept {
    seen += event.name;
    self.stop();
    watch(self);
  });
  watch(self);
  scratch.write("a");
  scratch.write("b");  // before the second start: not its own
  settle();
  BOOST_TEST(seen == "a");
  scratch.write("c");
  settle();
  BOOST_TEST(seen == "ac");
}

BOOST_FIXTURE_TEST_CASE(another_takes_its_place, Watching) {
  std::optional<InotifyWatch> self;
  self.emplace(inotify, [&](const InotifyEvent&) noexcept {
    self.emplace(inotify, [&](const InotifyEvent& event) noexcept {
      seen += "new ";
      seen += event.name;
    });
    watch(*self);
  });
  watch(*self);
  scratch.write("a");
  scratch.write("b");
  settle();
  BOOST_TEST(seen == "");
  scratch.write("c");
  settle();
  BOOST_TEST(seen == "new c");
}

BOOST_FIXTURE_TEST_CASE(one_that_joins_is_not_given_the_event_that_is_being_given, Watching) {
  Record joins(inotify);
  Record last(inotify);
  InotifyWatch first(inotify, [&](const InotifyEvent&) noexcept {
    if (!joins.watch.active()) {
      watch(joins.watch);
    }
  });
  watch(first);
  watch(last.watch);
  scratch.write("a");
  scratch.write("b");
  settle();
  BOOST_TEST(joins.lines.empty());
  BOOST_TEST(last.lines.size() == 2u);
  scratch.write("c");
  settle();
  BOOST_TEST((joins.lines == Lines{"create c"}));
}

BOOST_FIXTURE_TEST_CASE(a_watch_whose_inode_went_is_inactive_and_can_start_again, Watching) {
  fs::create_directory(scratch / "d");
  Lines lines;
  InotifyWatch self(inotify, [&](const InotifyEvent& event) noexcept {
    lines.push_back(blindfold::support::describe(event));
    if ((event.mask & IN_IGNORED) != 0) {
      BOOST_TEST(!self.active());
      fs::create_directory(scratch / "d");
      watch(self, "d");
    }
  });
  watch(self, "d");
  fs::remove(scratch / "d");
  settle();
  BOOST_TEST(self.active());
  scratch.write("d/x");
  settle();
  BOOST_TEST((lines == Lines{"delete_self", "ignored", "create x"}));
}

BOOST_FIXTURE_TEST_CASE(others_of_an_inode_that_went_can_be_destroyed, Watching) {
  fs::create_directory(scratch / "d");
  std::optional<InotifyWatch> first;
  std::optional<InotifyWatch> second;
  first.emplace(inotify, [&](const InotifyEvent& event) noexcept {
    if ((event.mask & IN_IGNORED) != 0) {
      seen += '1';
      second.reset();
      first.reset();
    }
  });
  second.emplace(inotify, [&](const InotifyEvent& event) noexcept {
    if ((event.mask & IN_IGNORED) != 0) {
      seen += '2';
    }
  });
  watch(*first, "d");
  watch(*second, "d");
  fs::remove(scratch / "d");
  settle();
  BOOST_TEST(seen == "1");
}

BOOST_FIXTURE_TEST_CASE(the_instance_can_be_destroyed, LoopFixture) {
  struct Source {
    Source(blindfold::loop::Loop& loop, std::function<void()> on_event)
        : inotify(loop),
          watch(inotify, [call = std::move(on_event)](const InotifyEvent&) noexcept { call(); }) {
      BOOST_REQUIRE(inotify.open().has_value());
    }
    Inotify inotify;
    InotifyWatch watch;
  };
  const ScratchFolder scratch;
  for (const bool drained : {false, true}) {
    int calls = 0;
    std::unique_ptr<Source> source;
    source = std::make_unique<Source>(loop(), [&] {
      source.reset();
      ++calls;
    });
    BOOST_REQUIRE(source->watch.start(scratch.path(), IN_CREATE | IN_DELETE).has_value());
    fs::remove(scratch.write("a"));
    fs::remove(scratch.write("b"));
    if (drained) {
      source->inotify.drain();
    } else {
      turn(4);
    }
    BOOST_TEST(calls == 1);
  }
}

BOOST_FIXTURE_TEST_CASE(after_an_overflow_everything_can_start_again, Watching) {
  constexpr int count = 20;
  std::deque<Record> others;
  for (int i = 0; i < count; ++i) {
    others.emplace_back(inotify, scratch.path(), IN_DELETE);
  }
  int overflows = 0;
  InotifyWatch self(inotify, [&](const InotifyEvent& event) noexcept {
    if ((event.mask & IN_Q_OVERFLOW) != 0) {
      ++overflows;
      for (Record& other : others) {
        watch(other.watch);
      }
      watch(self);
    }
  });
  watch(self);
  const std::string a = scratch.write("a");
  const std::string b = scratch.write("b");
  Record attributes(inotify, scratch.path(), IN_ATTRIB);
  fill_queue(a, b);
  inotify.drain();
  BOOST_TEST(overflows == 1);
  for (Record& other : others) {
    other.lines.clear();
  }
  scratch.write("y");
  settle();
  for (const Record& other : others) {
    BOOST_TEST((other.lines == Lines{"create y"}));
  }
}

BOOST_FIXTURE_TEST_CASE(at_random_each_is_told_exactly_what_happened_while_it_watched, Watching) {
  // Twenty watches on three folders start, stop and are destroyed at random
  // from within each other; each one's record must be what was created while
  // it watched, as of the last time that the queue was empty.
  constexpr std::size_t count = 20;
  std::mt19937 random(7);
  const auto any = [&random](std::size_t below) { return random() % below; };
  for (const char* const name : {"0", "1", "2"}) {
    fs::create_directory(scratch / name);
  }
  struct Slot {
    std::unique_ptr<InotifyWatch> watch;
    std::size_t folder = 0;
    int since = 0;
    int last = -1;
  };
  std::vector<Slot> slots(count);
  int created = 0;
  int told = 0;
  std::function<void(std::size_t)> change;
  const auto on_event = [&](std::size_t i, const InotifyEvent& event) {
    const int number = std::stoi(std::string(event.name));
    BOOST_REQUIRE(number >= slots[i].since);  // not of before it watched
    BOOST_REQUIRE(number > slots[i].last);    // in order, none twice
    BOOST_REQUIRE(number % 3 == static_cast<int>(slots[i].folder));
    slots[i].last = number;
    ++told;
    if (any(4) == 0) {
      change(any(count));
    }
  };
  change = [&](std::size_t i) {
    if (any(3) == 0) {
      slots[i].watch.reset();
      return;
    }
    if (slots[i].watch == nullptr || any(2) == 0) {
      slots[i].watch = std::make_unique<InotifyWatch>(
          inotify, [&, i](const InotifyEvent& event) noexcept { on_event(i, event); });
    }
    slots[i].folder = any(3);
    slots[i].since = created;
    slots[i].last = -1;
    watch(*slots[i].watch, std::to_string(slots[i].folder));
  };
  for (int round = 0; round < 300; ++round) {
    inotify.drain();
    for (int changes = 0; changes < 5; ++changes) {
      change(any(count));
    }
    for (int files = 0; files < 10; ++files, ++created) {
      scratch.write(std::to_string(created % 3) + "/" + std::to_string(created), "");
    }
    inotify.drain();
    // Whoever still watches since before the round has the last of its folder.
    for (const Slot& slot : slots) {
      const int newest = created - 1 - (created - 1 - static_cast<int>(slot.folder) + 3) % 3;
      if (slot.watch != nullptr && slot.since <= newest) {
        BOOST_REQUIRE(slot.last == newest);
      }
    }
  }
  BOOST_TEST(told > 3'000);
}

BOOST_AUTO_TEST_SUITE_END()
