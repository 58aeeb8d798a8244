// A watch descriptor's number that is used again: the kernel does so after two
// thousand million watches, or at once where a checkpoint's restorer asks for it.

#include <sys/ioctl.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
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
using blindfold::support::inotify_descriptors;
using blindfold::support::LoopFixture;
using blindfold::support::Record;
using blindfold::support::ScratchFolder;
using Lines = std::vector<std::string>;

namespace {

/// The next new watch gets this number (INOTIFY_IOC_SETNEXTWD).
bool use_next(int descriptor) {
  return ::ioctl(inotify_descriptors().at(0), _IOW('I', 0, std::int32_t), descriptor) == 0;
}

boost::test_tools::assertion_result can_choose(boost::unit_test::test_unit_id) {
  const int descriptor = ::inotify_init1(IN_CLOEXEC);
  boost::test_tools::assertion_result result(use_next(1));
  result.message() << "this kernel has no checkpoints (CONFIG_CHECKPOINT_RESTORE)";
  ::close(descriptor);
  return result;
}

struct Watching : LoopFixture {
  Watching() {
    BOOST_REQUIRE(inotify.open().has_value());
    for (const char* const name : {"d", "e"}) {
      fs::create_directory(scratch / name);
    }
  }
  ScratchFolder scratch{"/dev/shm"};
  Inotify inotify{loop()};
};

}  // namespace

BOOST_AUTO_TEST_SUITE(inotify_reuse_tests, *boost::unit_test::precondition(can_choose))

BOOST_FIXTURE_TEST_CASE(it_is_not_given_what_is_queued_of_the_old_watch, Watching) {
  for (const bool removed_by_us : {true, false}) {
    Record old(inotify, scratch / "d", IN_CREATE | IN_DELETE);
    const int number = old.watch.descriptor();
    fs::remove(scratch.write("d/old"));
    if (!removed_by_us) {
      fs::remove(scratch / "d");
    }
    old.watch.stop();
    BOOST_REQUIRE(use_next(number));
    Record fresh(inotify, scratch / "e", IN_CREATE | IN_DELETE);
    BOOST_REQUIRE(fresh.watch.descriptor() == number);
    fs::remove(scratch.write("e/new"));
    inotify.drain();
    BOOST_TEST(fresh.watch.active());
    BOOST_TEST((fresh.lines == Lines{"create new", "delete new"}));
    BOOST_TEST(old.lines.empty());
  }
}

BOOST_FIXTURE_TEST_CASE(it_is_told_of_its_own_once_the_old_ones_end_was_lost, Watching) {
  const std::string a = scratch.write("a");
  const std::string b = scratch.write("b");
  Record busy(inotify, scratch.path(), IN_ATTRIB);
  Record old(inotify, scratch / "d", IN_CREATE);
  const int number = old.watch.descriptor();
  fill_queue(a, b);
  old.watch.stop();  // "ignored" finds no place
  inotify.drain();
  BOOST_REQUIRE(use_next(number));
  Record fresh(inotify, scratch / "e", IN_CREATE);
  BOOST_REQUIRE(fresh.watch.descriptor() == number);
  scratch.write("e/new");
  inotify.drain();
  BOOST_TEST((fresh.lines == Lines{"create new"}));
}

BOOST_FIXTURE_TEST_CASE(it_is_told_of_its_own_once_the_old_ones_were_stopped_at_their_end,
                        Watching) {
  std::optional<Record> second;
  InotifyWatch first(inotify, [&](const InotifyEvent& event) noexcept {
    if ((event.mask & IN_IGNORED) != 0) {
      second.reset();
    }
  });
  BOOST_REQUIRE(first.start(scratch / "d", IN_CREATE).has_value());
  second.emplace(inotify, scratch / "d", IN_CREATE);
  const int number = first.descriptor();
  fs::remove(scratch / "d");
  inotify.drain();
  BOOST_REQUIRE(!second);
  BOOST_REQUIRE(use_next(number));
  Record fresh(inotify, scratch / "e", IN_CREATE);
  BOOST_REQUIRE(fresh.watch.descriptor() == number);
  scratch.write("e/new");
  inotify.drain();
  BOOST_TEST((fresh.lines == Lines{"create new"}));
}

BOOST_AUTO_TEST_SUITE_END()
