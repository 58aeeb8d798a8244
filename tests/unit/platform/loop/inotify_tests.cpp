#include "platform/loop/inotify.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <deque>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "platform/loop/timer.hpp"
#include "support/inotify_record.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"
#include "support/scratch_mount.hpp"

namespace fs = std::filesystem;
using blindfold::base::ErrorKind;
using blindfold::base::UniqueFd;
using blindfold::loop::Inotify;
using blindfold::loop::InotifyEvent;
using blindfold::loop::InotifyWatch;
using blindfold::support::fill_queue;
using blindfold::support::kernel_watches;
using blindfold::support::LoopFixture;
using blindfold::support::may_mount;
using blindfold::support::Record;
using blindfold::support::ScratchFolder;
using blindfold::support::ScratchMount;
using Lines = std::vector<std::string>;

namespace {

struct Watching : LoopFixture {
  Watching() { BOOST_REQUIRE(inotify.open().has_value()); }
  /// Until what is queued by now has been delivered by the loop.
  void settle() { turn(4); }
  ScratchFolder scratch{"/dev/shm"};
  Inotify inotify{loop()};
};

void check(const Lines& lines, const Lines& expected) {
  BOOST_TEST(lines == expected, boost::test_tools::per_element());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inotify_tests)

BOOST_FIXTURE_TEST_CASE(tells_of_every_kind_of_event_in_order, Watching) {
  const std::string path = scratch.write("f");
  Record folder(inotify, scratch.path(), IN_ALL_EVENTS);
  Record itself(inotify, path, IN_ALL_EVENTS);
  {
    const UniqueFd file(::open(path.c_str(), O_RDWR | O_CLOEXEC));
    char byte = 0;
    BOOST_REQUIRE(::read(file.get(), &byte, 1) == 1);
    BOOST_REQUIRE(::write(file.get(), "y", 1) == 1);
  }
  {
    const UniqueFd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  }
  BOOST_REQUIRE(::chmod(path.c_str(), 0600) == 0);
  fs::rename(path, scratch / "g");
  fs::remove(scratch / "g");
  fs::create_directory(scratch / "d");
  fs::remove(scratch / "d");
  BOOST_TEST(itself.lines.empty());
  BOOST_TEST(run_until([&] { return !itself.watch.active(); }));
  settle();
  check(folder.lines,
        {"open f", "access f", "modify f", "close_write f", "open f", "close_nowrite f", "attrib f",
         "moved_from f", "moved_to g", "delete g", "create|dir d", "delete|dir d"});
  check(itself.lines, {"open", "access", "modify", "close_write", "open", "close_nowrite", "attrib",
                       "move_self", "attrib", "delete_self", "ignored"});
  BOOST_TEST(folder.cookies[7] != 0u);
  BOOST_TEST(folder.cookies[7] == folder.cookies[8]);
}

BOOST_FIXTURE_TEST_CASE(a_rename_over_a_watched_file_ends_its_watch, Watching) {
  const std::string path = scratch.write("f");
  Record itself(inotify, path, IN_ATTRIB | IN_DELETE_SELF);
  Record folder(inotify, scratch.path(), IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE);
  fs::rename(scratch.write("new"), path);
  BOOST_TEST(run_until([&] { return !itself.watch.active(); }));
  settle();
  check(itself.lines, {"attrib", "delete_self", "ignored"});
  check(folder.lines, {"moved_from new", "moved_to f"});
}

BOOST_FIXTURE_TEST_CASE(the_swap_of_a_mounted_volume_is_a_create_and_a_move, Watching) {
  Record folder(inotify, scratch.path(), IN_CREATE | IN_MOVED_TO);
  fs::create_directory(scratch / "..2026_1");
  fs::create_symlink("..2026_1", scratch / "..data_tmp");
  fs::rename(scratch / "..data_tmp", scratch / "..data");
  settle();
  check(folder.lines, {"create|dir ..2026_1", "create ..data_tmp", "moved_to ..data"});
}

BOOST_FIXTURE_TEST_CASE(watches_of_one_inode_are_each_given_what_they_asked_for, Watching) {
  fs::create_symlink(scratch.path(), scratch / "here");
  Record creates(inotify, scratch.path(), IN_CREATE);
  Record deletes(inotify, scratch / "here", IN_DELETE);
  Record both(inotify, scratch / ".", IN_CREATE | IN_DELETE);
  BOOST_TEST(creates.watch.descriptor() == deletes.watch.descriptor());
  BOOST_TEST(creates.watch.descriptor() == both.watch.descriptor());
  fs::remove(scratch.write("a"));
  settle();
  check(creates.lines, {"create a"});
  check(deletes.lines, {"delete a"});
  check(both.lines, {"create a", "delete a"});
}

BOOST_FIXTURE_TEST_CASE(one_that_stops_leaves_the_others_of_its_inode, Watching) {
  Record stays(inotify, scratch.path(), IN_CREATE);
  std::optional<Record> goes(std::in_place, inotify, scratch.path(), IN_CREATE | IN_DELETE);
  const int descriptor = stays.watch.descriptor();
  fs::remove(scratch.write("a"));
  goes.reset();  // with events queued
  fs::remove(scratch.write("b"));
  settle();
  check(stays.lines, {"create a", "create b"});  // the kernel's mask stays wide
  BOOST_TEST(stays.watch.descriptor() == descriptor);

  BOOST_TEST(kernel_watches() == 1u);
  stays.watch.stop();
  BOOST_TEST(!stays.watch.active());
  BOOST_TEST(kernel_watches() == 0u);
  scratch.write("c");
  settle();
  BOOST_TEST(stays.lines.size() == 2u);
}

BOOST_FIXTURE_TEST_CASE(what_is_queued_of_a_removed_watch_is_dropped, Watching) {
  Record watch(inotify, scratch.path(), IN_CREATE);
  scratch.write("a");
  watch.watch.stop();
  BOOST_REQUIRE(watch.watch.start(scratch.path(), IN_CREATE).has_value());
  scratch.write("b");
  settle();
  check(watch.lines, {"create b"});  // neither "create a" nor the old one's "ignored"
  BOOST_TEST(watch.watch.active());
}

BOOST_FIXTURE_TEST_CASE(starting_again_on_the_same_inode_misses_nothing, Watching) {
  Record watch(inotify, scratch.path(), IN_CREATE);
  const int descriptor = watch.watch.descriptor();
  scratch.write("a");
  BOOST_REQUIRE(watch.watch.start(scratch / ".", IN_CREATE | IN_DELETE).has_value());
  BOOST_TEST(watch.watch.descriptor() == descriptor);
  fs::remove(scratch / "a");
  settle();
  check(watch.lines, {"create a", "delete a"});
}

BOOST_FIXTURE_TEST_CASE(starting_again_elsewhere_leaves_the_old_inode, Watching) {
  fs::create_directory(scratch / "x");
  fs::create_directory(scratch / "y");
  Record watch(inotify, scratch / "x", IN_CREATE);
  BOOST_REQUIRE(watch.watch.start(scratch / "y", IN_CREATE).has_value());
  scratch.write("x/old");
  scratch.write("y/new");
  settle();
  check(watch.lines, {"create new"});
  BOOST_TEST(kernel_watches() == 1u);
  watch.watch.stop();
  BOOST_TEST(kernel_watches() == 0u);
}

BOOST_FIXTURE_TEST_CASE(a_path_that_cannot_be_watched_is_an_error_and_ends_the_old_watch,
                        Watching) {
  Record watch(inotify, scratch.path(), IN_CREATE);
  const auto missing = watch.watch.start(scratch / "none", IN_CREATE);
  BOOST_REQUIRE(!missing.has_value());
  BOOST_TEST((missing.error().kind == ErrorKind::missing));
  BOOST_TEST(missing.error().what ==
             "cannot watch \"" + scratch / "none" + "\": No such file or directory");
  BOOST_TEST(!watch.watch.active());
  BOOST_TEST(kernel_watches() == 0u);
  scratch.write("a");
  settle();
  check(watch.lines, {});

  const auto file = watch.watch.start(scratch / "a", IN_CREATE | IN_ONLYDIR);
  BOOST_REQUIRE(!file.has_value());
  BOOST_TEST((file.error().kind == ErrorKind::missing));  // ENOTDIR
}

BOOST_FIXTURE_TEST_CASE(a_link_itself_can_be_watched, Watching) {
  fs::create_symlink("nowhere", scratch / "link");
  Record watch(inotify, scratch / "link", IN_DELETE_SELF | IN_DONT_FOLLOW);
  fs::remove(scratch / "link");
  BOOST_TEST(run_until([&] { return !watch.watch.active(); }));
  check(watch.lines, {"delete_self", "ignored"});
}

BOOST_FIXTURE_TEST_CASE(without_an_instance_a_watch_fails_and_drain_does_nothing, LoopFixture) {
  Inotify inotify(loop());
  InotifyWatch watch(inotify, [](const InotifyEvent&) noexcept {});
  inotify.drain();
  BOOST_TEST(!watch.start("/", IN_CREATE).has_value());
  BOOST_TEST(!watch.active());
  watch.stop();
  BOOST_TEST(inotify.open().has_value());
  BOOST_TEST(inotify.open().has_value());
  BOOST_TEST(watch.start("/", IN_CREATE).has_value());
}

BOOST_FIXTURE_TEST_CASE(drain_delivers_now_and_nothing_twice, Watching) {
  Record watch(inotify, scratch.path(), IN_CREATE);
  scratch.write("a");
  BOOST_TEST(watch.lines.empty());
  inotify.drain();
  check(watch.lines, {"create a"});
  inotify.drain();
  settle();
  check(watch.lines, {"create a"});
}

BOOST_FIXTURE_TEST_CASE(drain_from_within_a_watch_does_nothing, Watching) {
  std::string seen;
  InotifyWatch watch(inotify, [&](const InotifyEvent& event) noexcept {
    seen += event.name;
    if (seen.size() < 2) {
      scratch.write("b");
    }
    inotify.drain();
    seen += ';';
  });
  BOOST_REQUIRE(watch.start(scratch.path(), IN_CREATE).has_value());
  scratch.write("a");
  settle();
  BOOST_TEST(seen == "a;b;");
}

BOOST_FIXTURE_TEST_CASE(drain_from_a_timer_before_the_loop_looks, Watching) {
  Record watch(inotify, scratch.path(), IN_CREATE);
  std::size_t seen = 0;
  blindfold::loop::Timer timer(loop(), [&]() noexcept {
    scratch.write("b");
    inotify.drain();
    seen = watch.lines.size();
  });
  scratch.write("a");
  timer.start(std::chrono::nanoseconds(0));
  turn();
  BOOST_TEST(seen == 2u);
  settle();
  check(watch.lines, {"create a", "create b"});
}

BOOST_FIXTURE_TEST_CASE(many_events_of_several_reads_come_in_order, Watching) {
  // Names of 200 bytes: 16 + 208 bytes an event, so 292 a read of 64 KB.
  constexpr int count = 2'000;
  Record watch(inotify, scratch.path(), IN_CREATE);
  Lines expected;
  for (int i = 0; i < count; ++i) {
    std::string name = std::to_string(i);
    name.insert(0, 200 - name.size(), 'n');
    scratch.write(name, "");
    expected.push_back("create " + name);
  }
  turn();
  const std::size_t first = watch.lines.size();
  BOOST_TEST(first > 200u);    // many in one read
  BOOST_TEST(first < 1'000u);  // and one read a turn
  inotify.drain();
  BOOST_TEST((watch.lines == expected));
}

BOOST_FIXTURE_TEST_CASE(an_overflow_is_told_to_every_watch, Watching) {
  fs::create_directory(scratch / "busy");
  fs::create_directory(scratch / "quiet");
  Record busy(inotify, scratch / "busy", IN_ATTRIB);
  Record twice(inotify, scratch / "busy", IN_CREATE);
  Record quiet(inotify, scratch / "quiet", IN_CREATE);
  const std::string a = scratch.write("busy/a");
  const std::string b = scratch.write("busy/b");
  fill_queue(a, b);
  scratch.write("quiet/lost");
  inotify.drain();
  BOOST_TEST(busy.lines.size() > 10'000u);
  BOOST_TEST(busy.lines.back() == "overflow");
  check(twice.lines, {"create a", "create b", "overflow"});
  check(quiet.lines, {"overflow"});
  scratch.write("quiet/new");
  settle();
  check(quiet.lines, {"overflow", "create new"});
}

BOOST_FIXTURE_TEST_CASE(a_removal_lost_in_an_overflow_leaves_nothing_behind, Watching) {
  Record busy(inotify, scratch.path(), IN_ATTRIB);
  fs::create_directory(scratch / "d");
  Record removed(inotify, scratch / "d", IN_CREATE);
  Record gone(inotify, scratch / "d", IN_DELETE_SELF);
  const std::string a = scratch.write("a");
  const std::string b = scratch.write("b");
  fill_queue(a, b);
  fs::remove(scratch / "d");  // its "ignored" is lost
  removed.watch.stop();
  inotify.drain();
  check(gone.lines, {"overflow"});
  BOOST_TEST(gone.watch.active());
  fs::create_directory(scratch / "d");
  BOOST_REQUIRE(gone.watch.start(scratch / "d", IN_CREATE).has_value());
  BOOST_REQUIRE(removed.watch.start(scratch / "d", IN_CREATE).has_value());
  scratch.write("d/x");
  settle();
  check(gone.lines, {"overflow", "create x"});
  check(removed.lines, {"create x"});
}

BOOST_FIXTURE_TEST_CASE(two_instances_do_not_know_each_other, Watching) {
  Inotify second(loop());
  BOOST_REQUIRE(second.open().has_value());
  Record a(inotify, scratch.path(), IN_CREATE);
  Record b(second, scratch.path(), IN_CREATE);
  scratch.write("a");
  a.watch.stop();
  settle();
  check(a.lines, {});
  check(b.lines, {"create a"});
}

BOOST_FIXTURE_TEST_CASE(an_unmount_is_told_and_ends_the_watches, Watching,
                        *boost::unit_test::precondition(may_mount)) {
  ScratchMount mount(scratch / "m");
  scratch.write("m/f");
  Record folder(inotify, scratch / "m", IN_CREATE);
  Record file(inotify, scratch / "m/f", IN_ATTRIB);
  mount.unmount();
  BOOST_TEST(run_until([&] { return !folder.watch.active() && !file.watch.active(); }));
  check(folder.lines, {"unmount|dir", "ignored"});
  check(file.lines, {"unmount", "ignored"});
}

BOOST_FIXTURE_TEST_CASE(what_is_mounted_over_hides_the_inode_that_is_watched, Watching,
                        *boost::unit_test::precondition(may_mount)) {
  fs::create_directory(scratch / "m");
  Record below(inotify, scratch / "m", IN_CREATE);
  ScratchMount mount(scratch / "m");
  Record above(inotify, scratch / "m", IN_CREATE);
  BOOST_TEST(above.watch.descriptor() != below.watch.descriptor());
  scratch.write("m/f");
  settle();
  check(below.lines, {});
  check(above.lines, {"create f"});
}

BOOST_AUTO_TEST_SUITE_END()
