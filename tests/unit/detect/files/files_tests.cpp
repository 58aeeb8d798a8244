#include "detect/files/files.hpp"

#include <fcntl.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "files_fixture.hpp"
#include "support/child.hpp"
#include "support/kubelet_volume.hpp"
#include "support/scratch_mount.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::FilesFixture;
using model::EventKind;
using model::Presence;
namespace fs = std::filesystem;

void append(const std::string& path, std::string_view text) {
  std::ofstream(path, std::ios::app) << text;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(files_tests, FilesFixture)

BOOST_AUTO_TEST_CASE(a_file_that_appears_is_present_and_gone_again_at_once) {
  watch_directory(scratch.path(), {"password"});
  BOOST_TEST((presence() == Presence::missing));
  scratch.write("password");
  BOOST_TEST(becomes(Presence::present));
  fs::remove(scratch / "password");
  BOOST_TEST(becomes(Presence::missing));
  BOOST_TEST(brings({EventKind::appeared, EventKind::disappeared}));
}

BOOST_AUTO_TEST_CASE(each_presence_of_keys) {
  watch_directory(scratch.path(), {"a", "b"});
  BOOST_TEST((presence() == Presence::missing));
  scratch.write("a");
  BOOST_TEST(becomes(Presence::incomplete));
  scratch.write("b", "");
  BOOST_TEST(becomes(Presence::empty));
  append(scratch / "b", "x");
  BOOST_TEST(becomes(Presence::present));
  BOOST_TEST(details().empty());
}

BOOST_AUTO_TEST_CASE(a_folder_that_does_not_exist_yet_anywhere_on_its_way) {
  const std::string folder = scratch / "a/b/c";
  watch_directory(folder, {"key"});
  BOOST_TEST((details() == model::Details{model::FolderMissing{scratch / "a"}}));
  fs::create_directories(folder);
  std::ofstream(folder + "/key") << "x";
  BOOST_TEST(becomes(Presence::present));
  fs::rename(scratch / "a", scratch / "elsewhere");
  BOOST_TEST(becomes(Presence::missing));
  fs::rename(scratch / "elsewhere", scratch / "a");
  BOOST_TEST(becomes(Presence::present));
}

BOOST_AUTO_TEST_CASE(a_link_on_the_way_that_moves) {
  fs::create_directories(scratch / "one/secrets");
  fs::create_directories(scratch / "two/secrets");
  std::ofstream(scratch / "two/secrets/key") << "x";
  fs::create_symlink("one", scratch / "current");
  watch_directory(scratch / "current/secrets", {"key"});
  BOOST_TEST((presence() == Presence::missing));
  fs::create_symlink("two", scratch / "next");
  fs::rename(scratch / "next", scratch / "current");
  BOOST_TEST(becomes(Presence::present));
  fs::remove(scratch / "two/secrets/key");
  BOOST_TEST(becomes(Presence::missing));
}

BOOST_AUTO_TEST_CASE(where_a_link_leads_may_come_later_and_move) {
  fs::create_symlink(scratch / "real", scratch / "link");
  watch_directory(scratch / "link", {"key"});
  BOOST_TEST((presence() == Presence::missing));
  fs::create_directory(scratch / "real");
  std::ofstream(scratch / "real/key") << "x";
  BOOST_TEST(becomes(Presence::present));
  fs::rename(scratch / "real", scratch / "away");
  BOOST_TEST(becomes(Presence::missing));
}

BOOST_AUTO_TEST_CASE(links_in_a_circle_are_a_missing_folder) {
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  watch_directory(scratch / "a/secrets", {"key"});
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((details() == model::Details{model::NotAFolder{scratch / "a"}}));
  fs::remove(scratch / "b");
  fs::create_directories(scratch / "b/secrets");
  std::ofstream(scratch / "b/secrets/key") << "x";
  BOOST_TEST(becomes(Presence::present));
}

BOOST_AUTO_TEST_CASE(something_else_in_the_folders_or_the_files_place) {
  scratch.write("folder");
  watch_directory(scratch / "folder", {"key"});
  BOOST_TEST((details() == model::Details{model::NotAFolder{scratch / "folder"}}));
  fs::remove(scratch / "folder");
  fs::create_directories(scratch / "folder/key");
  BOOST_TEST(run_until([this] { return details() == model::Details{model::KeyNotAFile{"key"}}; }));
  BOOST_TEST((presence() == Presence::missing));
}

BOOST_AUTO_TEST_CASE(a_near_miss_is_named_also_when_it_comes_later) {
  watch_directory(scratch.path(), {"tls.key"});
  BOOST_TEST((details() == model::Details{model::KeyMissing{"tls.key", ""}}));
  scratch.write("TLS.key");
  BOOST_TEST(run_until(
      [this] { return details() == model::Details{model::KeyMissing{"tls.key", "TLS.key"}}; }));
}

BOOST_AUTO_TEST_CASE(one_way_of_writing_is_one_rotation) {
  scratch.write("key", "one");
  scratch.write("other", "one");
  watch_directory(scratch.path(), {"key"});
  const std::string key = scratch / "key";

  scratch.write("key", "two");  // in place
  BOOST_TEST(brings({EventKind::rotated}));
  scratch.write(".key.tmp", "three");  // beside it, and renamed
  fs::rename(scratch / ".key.tmp", key);
  BOOST_TEST(brings({EventKind::rotated, EventKind::rotated}));
  fs::rename(key, scratch / "key~");  // an editor's backup
  scratch.write("key", "four");
  BOOST_TEST(brings({EventKind::rotated, EventKind::rotated, EventKind::rotated}));
  fs::remove(key);  // install(1)
  scratch.write("key", "five");
  BOOST_TEST(brings(std::vector(4, EventKind::rotated)));
  fs::create_symlink("other", scratch / "link");  // certbot
  fs::rename(scratch / "link", key);
  BOOST_TEST(brings(std::vector(5, EventKind::rotated)));
}

BOOST_AUTO_TEST_CASE(what_a_key_is_linked_to_is_written_in_place_replaced_and_removed) {
  fs::create_directories(scratch / "archive");
  fs::create_directories(scratch / "live");
  fs::create_symlink("../archive/key1", scratch / "live/key");
  watch_directory(scratch / "live", {"key"});
  BOOST_TEST((presence() == Presence::missing));
  scratch.write("archive/key1", "one");
  BOOST_TEST(becomes(Presence::present));
  BOOST_TEST(brings({EventKind::appeared}));
  events.clear();
  scratch.write("archive/key1", "two");
  BOOST_TEST(brings({EventKind::rotated}));
  scratch.write("archive/new", "three");
  fs::rename(scratch / "archive/new", scratch / "archive/key1");
  BOOST_TEST(brings(std::vector(2, EventKind::rotated)));
  fs::rename(scratch / "archive", scratch / "aside");
  BOOST_TEST(becomes(Presence::missing));
}

BOOST_AUTO_TEST_CASE(one_entry_less_is_a_change_where_no_keys_are_named) {
  scratch.write("one");
  scratch.write("two");
  watch_mount(scratch.path(), {});
  fs::remove(scratch / "two");
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(what_changes_no_content_is_no_rotation) {
  const std::string key = scratch.write("key");
  watch_directory(scratch.path(), {"key"});
  fs::permissions(key, fs::perms::owner_read);
  settle();
  fs::create_hard_link(key, scratch / "another");
  settle();
  fs::remove(scratch / "another");
  {
    const std::ifstream reader(key);
  }
  {
    const std::ofstream opened(key, std::ios::app);
  }
  scratch.write("unrelated");
  settle();
  BOOST_TEST(events.empty());
}

BOOST_AUTO_TEST_CASE(a_file_written_in_pieces_is_reported_when_it_is_done) {
  const std::string key = scratch.write("key", "one");
  watch_directory(scratch.path(), {"key"});
  {
    std::ofstream writer(key, std::ios::trunc);
    for (int piece = 0; piece < 5; ++piece) {
      writer << "piece" << std::flush;
      const auto next = std::chrono::steady_clock::now() + 60ms;
      static_cast<void>(
          run_until([next] { return std::chrono::steady_clock::now() >= next; }, 60ms));
      BOOST_TEST(events.empty());
    }
  }
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(a_key_written_and_never_closed_is_reported_after_quiet) {
  const std::string key = scratch.write("key", "one");
  watch_directory(scratch.path(), {"key"});
  std::ofstream writer(key, std::ios::app);
  writer << "more" << std::flush;
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(two_keys_written_together_are_one_rotation) {
  scratch.write("a");
  scratch.write("b");
  watch_directory(scratch.path(), {"a", "b"});
  scratch.write("a", "y");
  scratch.write("b", "y");
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(each_swap_of_a_volume_is_one_rotation_also_many_in_one_read) {
  support::KubeletVolume volume(scratch / "volume");
  watch_mount(volume.path(), {"password"});
  volume.write({{"password", "a"}});
  BOOST_TEST(becomes(Presence::present));
  BOOST_TEST(brings({EventKind::appeared}));
  events.clear();
  for (int i = 0; i < 50; ++i) {
    volume.write({{"password", "b"}});
  }
  BOOST_TEST(brings(std::vector(50, EventKind::rotated)));
}

BOOST_AUTO_TEST_CASE(a_rescan_takes_no_swap_from_those_that_are_queued) {
  support::KubeletVolume volume(scratch / "volume");
  volume.write({{"password", "a"}});
  watch_mount(volume.path(), {"password"});
  for (int i = 0; i < 3; ++i) {
    volume.write({{"password", "b"}});
  }
  files().look_again();  // the queue still holds all three
  BOOST_TEST(brings(std::vector(3, EventKind::rotated)));
}

BOOST_AUTO_TEST_CASE(a_key_that_comes_with_a_swap_takes_none_from_those_that_are_queued) {
  support::KubeletVolume volume(scratch / "volume");
  volume.write({{"password", "a"}});
  watch_mount(volume.path(), {});
  volume.write({{"password", "b"}, {"another", "b"}});
  volume.write({{"password", "c"}, {"another", "c"}});
  BOOST_TEST(brings(std::vector(2, EventKind::rotated)));
}

BOOST_AUTO_TEST_CASE(a_look_before_what_is_queued_is_not_told_twice) {
  const std::string key = scratch.write("key", "one");
  watch_directory(scratch.path(), {"key"});
  scratch.write("key", "two");
  const auto old = fs::last_write_time(key) - 1min;
  fs::last_write_time(key, old);  // older than what a coarse clock could hide
  ::chmod(scratch.path().c_str(), 0711);
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_CASE(an_optional_volume_is_filled_later_and_emptied) {
  support::KubeletVolume volume(scratch / "volume");
  volume.write({});
  watch_mount(volume.path(), {});
  BOOST_TEST((presence() == Presence::missing));
  BOOST_TEST((details() == model::Details{model::NoEntries{}}));
  volume.write({{"any", "x"}});
  BOOST_TEST(becomes(Presence::present));
}

BOOST_AUTO_TEST_CASE(a_volume_that_is_removed_and_made_again) {
  support::KubeletVolume volume(scratch / "volume");
  volume.write({{"password", "a"}});
  watch_mount(volume.path(), {"password"});
  fs::remove_all(volume.path());
  BOOST_TEST(becomes(Presence::missing));
  support::KubeletVolume again(scratch / "volume");
  again.write({{"password", "a"}});
  again.write({{"password", "a"}});
  BOOST_TEST(becomes(Presence::present));
}

BOOST_AUTO_TEST_CASE(mounted_over_and_unmounted,
                     *boost::unit_test::precondition(support::may_mount)) {
  const std::string folder = scratch / "folder";
  fs::create_directory(folder);
  std::ofstream(folder + "/key") << "x";
  watch_directory(folder, {"key"});
  BOOST_TEST((presence() == Presence::present));
  BOOST_REQUIRE(::mount("tmpfs", folder.c_str(), "tmpfs", 0, nullptr) == 0);
  BOOST_TEST(becomes(Presence::missing));
  std::ofstream(folder + "/key") << "y";
  BOOST_TEST(becomes(Presence::present));
  BOOST_REQUIRE(::umount2(folder.c_str(), MNT_DETACH) == 0);
  BOOST_TEST(run_until([this] { return told >= 3; }));
  BOOST_TEST((presence() == Presence::present));
}

BOOST_AUTO_TEST_CASE(a_file_that_is_a_mount_of_its_own_is_never_updated,
                     *boost::unit_test::precondition(support::may_mount)) {
  scratch.write("source");
  scratch.write("key");
  BOOST_REQUIRE(::mount((scratch / "source").c_str(), (scratch / "key").c_str(), nullptr, MS_BIND,
                        nullptr) == 0);
  watch_mount(scratch.path(), {"key"});
  BOOST_TEST((presence() == Presence::present));
  BOOST_TEST((details() == model::Details{model::NeverUpdated{"key"}}));
  BOOST_REQUIRE(::umount2((scratch / "key").c_str(), MNT_DETACH) == 0);
}

BOOST_AUTO_TEST_CASE(after_a_queue_overflow_the_last_swap_is_known) {
  support::KubeletVolume volume(scratch / "volume");
  volume.write({{"password", "a"}});
  watch_mount(volume.path(), {"password"});
  const std::string busy = scratch / "volume/busy";
  for (int i = 0; i < 20000; ++i) {  // fs.inotify.max_queued_events is 16384
    ::close(::open((busy + std::to_string(i % 2)).c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600));
    ::unlink((busy + std::to_string(i % 2)).c_str());
  }
  volume.write({{"password", "b"}});
  BOOST_TEST(brings({EventKind::rotated}));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_FIXTURE_TEST_SUITE(files_with_a_clock_tests, detect::ManualFilesFixture)

BOOST_AUTO_TEST_CASE(mounts_that_change_often_are_looked_at_now_and_then_and_in_the_end,
                     *boost::unit_test::precondition(support::may_mount)) {
  const std::string folder = scratch.folder("folder");
  const std::string full = scratch.folder("full");
  scratch.write("full/key");
  watch_directory(folder, {"key"});
  turn(4);
  const auto mount_over = [&] {
    BOOST_REQUIRE(::mount(full.c_str(), folder.c_str(), nullptr, MS_BIND, nullptr) == 0);
  };
  mount_over();
  BOOST_TEST(becomes(Presence::present));  // the first at once
  BOOST_REQUIRE(::umount2(folder.c_str(), MNT_DETACH) == 0);
  turn(10);
  BOOST_TEST((presence() == Presence::present));
  clock.advance(std::chrono::milliseconds(100));
  turn(4);
  BOOST_TEST((presence() == Presence::missing));
}

BOOST_AUTO_TEST_CASE(a_folder_in_the_middle_that_is_opened_by_chmod) {
  const std::string folder = scratch.folder("closed/deeper");
  scratch.write("closed/deeper/key");
  ::chmod((scratch / "closed").c_str(), 0700);
  support::Partner opener([this] { ::chmod((scratch / "closed").c_str(), 0755); });
  BOOST_TEST(support::in_child_as_nobody([&](support::Complaints& complaints) {
               detect::ManualFilesFixture files;
               files.watch_directory(folder, {"key"});
               complaints.expect(files.presence() == Presence::denied, "denied");
               opener.run();
               files.turn(4);
               complaints.expect(files.presence() == Presence::present, "present at once");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
