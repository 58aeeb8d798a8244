// With a real file system that hangs on request.
#include "detect/files/remote_looks.hpp"

#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>

#include "files_fixture.hpp"
#include "support/hanging_file_system.hpp"
#include "support/in_child.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using model::Presence;
using std::chrono::steady_clock;
namespace fs = std::filesystem;

const model::Detail no_events = model::Polled{model::PollingReason::no_events};

template <class FilesFixture>
struct HangingFixture : FilesFixture {
  HangingFixture() { fs::create_directory(this->scratch / "near"); }
  static std::string made(std::string folder) {
    fs::create_directory(folder);
    return folder;
  }

  support::HangingFileSystem far{made(this->scratch / "far")};
};

struct Nobody final : inventory::Listener {
  void on_event(const model::RotationEvent& /*event*/) noexcept override {}
  void on_standing(const model::Standing& /*standing*/) noexcept override {}
};

// As main does, with the destructors of what is static.
[[noreturn]] void end(int status) {
#if defined(__SANITIZE_ADDRESS__)
  std::_Exit(status);  // LeakSanitizer would wait for the thread that hangs
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
  std::_Exit(status);
#endif
#endif
  std::exit(status);
}

// Until another thread of this process waits within the kernel.
void await_look() {
  const std::string own = std::to_string(::gettid());
  while (true) {
    for (const auto& thread : fs::directory_iterator("/proc/self/task")) {
      std::string call;
      if (thread.path().filename() != own && std::ifstream(thread.path() / "syscall") >> call &&
          call == std::to_string(SYS_statx)) {
        return;
      }
    }
  }
}

using Remote = HangingFixture<detect::FilesFixture>;
using LateRemote = HangingFixture<detect::ManualFilesFixture>;

}  // namespace

BOOST_AUTO_TEST_SUITE(remote_looks_tests, *boost::unit_test::precondition(support::has_fuse))

BOOST_FIXTURE_TEST_CASE(it_is_looked_at_and_says_that_nothing_tells_of_changes, Remote) {
  watch_directory(scratch / "far", {"key"});
  watch_directory(scratch / "far", {});
  watch_directory(scratch / "far", {"other"});
  BOOST_TEST(becomes(Presence::present));
  BOOST_TEST(says(no_events));
  BOOST_TEST(run_until([this] { return presence(1) == Presence::present; }));
  BOOST_TEST(run_until([this] { return presence(2) == Presence::missing; }));
  far.change_key();
  files().look_again();
  BOOST_TEST(run_until([this] { return events.size() == 2; }));
}

BOOST_FIXTURE_TEST_CASE(one_that_hangs_keeps_nothing_else_waiting, Remote) {
  far.hang();
  const auto start = steady_clock::now();
  watch_directory(scratch / "far", {"key"});
  watch_directory(scratch / "near", {"key"});
  files().look_again();
  scratch.write("near/key");
  BOOST_TEST(run_until([this] { return presence(1) == Presence::present; }));
  BOOST_TEST((steady_clock::now() - start < 2s));
  BOOST_TEST((presence(0) == Presence::unknown));
  far.resume();
  BOOST_TEST(becomes(Presence::present));
}

BOOST_FIXTURE_TEST_CASE(links_into_it_keep_nothing_waiting, Remote) {
  fs::create_symlink("near", scratch / "link");
  scratch.write("near/key");
  watch_directory(scratch / "link", {"key"});
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST(!says(no_events));

  far.hang();
  fs::create_symlink("far", scratch / "next");
  const auto start = steady_clock::now();
  fs::rename(scratch / "next", scratch / "link");
  turn(10);
  BOOST_TEST((steady_clock::now() - start < 2s));
  far.resume();
  BOOST_TEST(run_until([this] { return says(no_events); }));

  far.hang();  // and back: at once, whatever it does
  fs::create_symlink("near", scratch / "next");
  fs::rename(scratch / "next", scratch / "link");
  BOOST_TEST(run_until([this] { return !says(no_events); }));
  BOOST_TEST((presence() == Presence::present));
}

BOOST_FIXTURE_TEST_CASE(a_key_that_is_linked_or_mounted_there, Remote) {
  scratch.write("near/mounted");
  BOOST_REQUIRE(::mount((scratch / "far/key").c_str(), (scratch / "near/mounted").c_str(), nullptr,
                        MS_BIND, nullptr) == 0);
  fs::create_symlink("../far/key", scratch / "near/linked");
  far.hang();
  const auto start = steady_clock::now();
  watch_directory(scratch / "near", {"linked"});
  watch_directory(scratch / "near", {"mounted"});
  BOOST_TEST((steady_clock::now() - start < 2s));
  far.resume();
  BOOST_TEST(becomes(Presence::present));
  BOOST_TEST(run_until([this] { return presence(1) == Presence::present; }));
  BOOST_TEST(says(no_events, 1));
  ::umount2((scratch / "near/mounted").c_str(), MNT_DETACH);
}

BOOST_FIXTURE_TEST_CASE(mounted_over_a_watched_folder_and_unmounted, Remote) {
  scratch.write("near/key");
  watch_directory(scratch / "near", {"key"});
  {
    const support::HangingFileSystem over(scratch / "near");
    BOOST_TEST(run_until([this] { return says(no_events); }));
    over.hang();
    files().look_again();
    turn(10);
  }
  BOOST_TEST(run_until([this] { return details().empty(); }));
  BOOST_TEST((presence() == Presence::present));
  fs::remove(scratch / "near/key");
  BOOST_TEST(becomes(Presence::missing));
}

BOOST_FIXTURE_TEST_CASE(after_ten_seconds_the_look_has_failed, LateRemote) {
  watch_directory(scratch / "far", {"key"});
  BOOST_TEST(becomes(Presence::present));
  far.hang();
  files().look_again();
  turn(3);
  pass(9s);
  BOOST_TEST(!standing().stale);
  pass(1s);
  BOOST_TEST(standing().stale);
  BOOST_TEST((presence() == Presence::present));
  pass(60s);
  BOOST_TEST((presence() == Presence::unreachable));
  BOOST_TEST(says(model::LookTimedOut{scratch / "far"}));
  far.resume();
  BOOST_TEST(becomes(Presence::present));
}

BOOST_FIXTURE_TEST_CASE(those_that_wait_for_one_that_hangs_are_late_too, LateRemote) {
  watch_directory(scratch / "far", {"key"});
  watch_directory(scratch / "far", {});
  BOOST_TEST(run_until([this] { return presence(1) == Presence::present; }));
  far.hang();
  files().look_again();
  turn(3);
  pass(10s);
  BOOST_TEST(standing(1).stale);
  far.resume();
  BOOST_TEST(run_until([this] { return !standing(0).stale && !standing(1).stale; }));
}

BOOST_AUTO_TEST_CASE(a_process_ends_at_once_while_one_hangs) {
  const support::ScratchFolder scratch;
  fs::create_directory(scratch / "far");
  const support::HangingFileSystem far(scratch / "far");
  far.hang();
  std::cout.flush();  // or the child prints it too
  const auto start = steady_clock::now();
  const int status = support::in_child([&scratch]() -> int {
    detect::Files::Options options;
    const base::SystemClock clock;
    const sandbox::Confinement confinement;
    Nobody nobody;
    model::Requirement requirement;
    requirement.locator = model::DirectoryLocator{scratch / "far", {"key"}};
    {
      loop::Loop loop(clock);
      inventory::Inventory inventory(nobody);
      detect::Files files(loop, confinement, options);
      files.watch(requirement, inventory.track(requirement, loop.now()));
      await_look();
    }
    end(3);
  });
  BOOST_TEST(status == 3);
  BOOST_TEST((steady_clock::now() - start < 1s));
}

BOOST_AUTO_TEST_SUITE_END()
