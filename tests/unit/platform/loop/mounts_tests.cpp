#include "platform/loop/mounts.hpp"

#include <sched.h>
#include <sys/mount.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <optional>
#include <string>

#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "support/scratch_mount.hpp"

using blindfold::loop::Mounts;
using blindfold::support::LoopFixture;
using blindfold::support::may_mount;
using blindfold::support::ScratchFolder;
using blindfold::support::ScratchMount;

namespace {

/// Others on the machine may mount something at any time, so a count of calls
/// proves nothing but in a mount namespace of the test's own.
struct OwnNamespace : LoopFixture {
  ScratchFolder scratch;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(mounts_tests, *boost::unit_test::precondition(may_mount))

BOOST_FIXTURE_TEST_CASE(a_mount_and_an_unmount_are_one_call_each, OwnNamespace) {
  int calls = 0;
  Mounts mounts(loop(), [&]() noexcept { ++calls; });
  BOOST_REQUIRE(mounts.start().has_value());
  turn(5);
  BOOST_TEST(calls == 0);
  {
    const ScratchMount mount(scratch / "a");
    BOOST_TEST(run_until([&] { return calls == 1; }));
    turn(5);
    BOOST_TEST(calls == 1);
  }
  BOOST_TEST(run_until([&] { return calls == 2; }));
  turn(5);
  BOOST_TEST(calls == 2);
}

BOOST_FIXTURE_TEST_CASE(what_changes_right_after_start_is_not_missed, OwnNamespace) {
  // The loop registers the descriptor only when it next waits.
  int calls = 0;
  Mounts mounts(loop(), [&]() noexcept { ++calls; });
  BOOST_REQUIRE(mounts.start().has_value());
  const ScratchMount mount(scratch / "a");
  BOOST_TEST(run_until([&] { return calls > 0; }));
}

BOOST_FIXTURE_TEST_CASE(what_changes_from_within_the_callback_is_told_again, OwnNamespace) {
  int calls = 0;
  std::optional<ScratchMount> second;
  Mounts mounts(loop(), [&]() noexcept {
    if (++calls == 1) {
      second.emplace(scratch / "b");
    }
  });
  BOOST_REQUIRE(mounts.start().has_value());
  turn(3);
  const ScratchMount first(scratch / "a");
  BOOST_TEST(run_until([&] { return calls == 2; }));
}

BOOST_FIXTURE_TEST_CASE(each_of_several_is_told_and_starting_again_is_harmless, OwnNamespace) {
  int a = 0;
  int b = 0;
  Mounts first(loop(), [&]() noexcept { ++a; });
  Mounts second(loop(), [&]() noexcept { ++b; });
  BOOST_REQUIRE(first.start().has_value());
  BOOST_REQUIRE(second.start().has_value());
  BOOST_REQUIRE(second.start().has_value());
  turn(3);
  const ScratchMount mount(scratch / "a");
  BOOST_TEST(run_until([&] { return a == 1 && b == 1; }));
}

BOOST_FIXTURE_TEST_CASE(itself_can_be_destroyed_from_within, OwnNamespace) {
  for (const bool at_once : {true, false}) {
    int calls = 0;
    std::optional<Mounts> mounts;
    mounts.emplace(loop(), [&]() noexcept {
      mounts.reset();
      ++calls;
    });
    BOOST_REQUIRE(mounts->start().has_value());
    if (!at_once) {
      turn(3);
    }
    const ScratchMount mount(scratch / "a");
    BOOST_TEST(run_until([&] { return calls == 1; }));
    turn(3);
    BOOST_TEST(calls == 1);
  }
}

BOOST_AUTO_TEST_SUITE_END()
