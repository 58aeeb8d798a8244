// The kernel's limits, in a user namespace of the test's own: the system's
// stay as they are for everybody else.

#include <sched.h>

#include <boost/test/unit_test.hpp>
#include <deque>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "platform/loop/inotify.hpp"
#include "platform/loop/loop.hpp"
#include "support/in_child.hpp"
#include "support/scratch_folder.hpp"

namespace fs = std::filesystem;
using blindfold::base::Error;
using blindfold::base::ErrorKind;
using blindfold::base::SystemClock;
using blindfold::loop::Inotify;
using blindfold::loop::InotifyEvent;
using blindfold::loop::InotifyWatch;
using blindfold::loop::Loop;
using blindfold::support::in_child;
using blindfold::support::ScratchFolder;

namespace {

bool limit(const char* name, int value) {
  if (::unshare(CLONE_NEWUSER) != 0) {
    return false;
  }
  std::ofstream file("/proc/sys/user/" + std::string(name));
  return static_cast<bool>(file << value << std::flush);
}

boost::test_tools::assertion_result has_user_namespaces(boost::unit_test::test_unit_id) {
  boost::test_tools::assertion_result result(
      in_child([] { return limit("max_inotify_watches", 100) ? 0 : 1; }) == 0);
  result.message() << "this system allows no user namespace";
  return result;
}

bool says(const Error& error, const char* what) {
  return error.kind == ErrorKind::limit && error.hint.find(what) != std::string::npos;
}

int instances() {
  if (!limit("max_inotify_instances", 3)) {
    return 10;
  }
  const SystemClock clock;
  Loop loop(clock);
  std::deque<Inotify> opened;
  for (int i = 0; i < 3; ++i) {
    if (!opened.emplace_back(loop).open()) {
      return 11;
    }
  }
  Inotify refused(loop);
  InotifyWatch watch(refused, [](const InotifyEvent&) noexcept {});
  const auto result = refused.open();
  if (result || !says(result.error(), "max_user_instances")) {
    return 12;
  }
  const auto started = watch.start("/", IN_CREATE);
  if (started || started.error().what != result.error().what) {
    return 13;
  }
  opened.pop_back();
  return refused.open() && watch.start("/", IN_CREATE) ? 0 : 14;
}

int watches(const ScratchFolder& scratch) {
  if (!limit("max_inotify_watches", 3)) {
    return 10;
  }
  const SystemClock clock;
  Loop loop(clock);
  Inotify inotify(loop);
  if (!inotify.open()) {
    return 11;
  }
  std::deque<InotifyWatch> started;
  const auto start = [&](const std::string& path) {
    return started.emplace_back(inotify, [](const InotifyEvent&) noexcept {})
        .start(path, IN_CREATE);
  };
  for (const char* const name : {"a", "b", "c"}) {
    if (!start(scratch / name)) {
      return 12;
    }
  }
  const auto result = start(scratch / "d");
  if (result || !says(result.error(), "max_user_watches") || started.back().active()) {
    return 13;
  }
  if (!start(scratch / "a")) {
    return 14;  // shares its inode's watch
  }
  started.pop_front();
  if (start(scratch / "d")) {
    return 15;  // the last of that inode's still watches
  }
  started.at(1).stop();
  return start(scratch / "d") ? 0 : 16;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(inotify_limit_tests, *boost::unit_test::precondition(has_user_namespaces))

BOOST_AUTO_TEST_CASE(the_end_of_instances_is_a_limit_with_a_hint) {
  BOOST_TEST(in_child(instances) == 0);
}

BOOST_AUTO_TEST_CASE(the_end_of_watches_is_a_limit_with_a_hint) {
  const ScratchFolder scratch;
  for (const char* const name : {"a", "b", "c", "d"}) {
    fs::create_directory(scratch / name);
  }
  BOOST_TEST(in_child([&] { return watches(scratch); }) == 0);
}

BOOST_AUTO_TEST_SUITE_END()
