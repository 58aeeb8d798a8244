#include "detect/files/folder_tree.hpp"

#include <sys/inotify.h>
#include <sys/stat.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>

#include "support/child.hpp"
#include "support/loop_fixture.hpp"
#include "support/scratch_folder.hpp"

namespace {

using namespace blindfold;
using detect::Folder;
using detect::FolderTree;
using detect::Interest;
using model::PollingReason;
namespace fs = std::filesystem;

struct Observer final : detect::FolderObserver {
  void on_entry(const loop::InotifyEvent& event) noexcept override { entries += event.name; }
  void on_way_changed() noexcept override { ++ways; }

  std::string entries;
  int ways = 0;
};

// The kernel's watches of this process's inotify instances.
std::size_t watches() {
  std::size_t count = 0;
  for (const auto& entry : fs::directory_iterator("/proc/self/fdinfo")) {
    std::ifstream info(entry.path());
    for (std::string line; std::getline(info, line);) {
      count += line.starts_with("inotify ") ? 1U : 0U;
    }
  }
  return count;
}

struct TreeFixture : support::LoopFixture {
  [[nodiscard]] std::unique_ptr<Folder> folder(const std::string& path, Interest interest = {}) {
    return std::make_unique<Folder>(tree, path, interest, observer);
  }
  [[nodiscard]] bool way_changes() {
    const int before = observer.ways;
    return run_until([&] { return observer.ways > before; });
  }

  support::ScratchFolder scratch;
  Observer observer;
  detect::SharedSurroundings surroundings = std::make_shared<const detect::Surroundings>();
  loop::Inotify inotify{loop()};
  FolderTree tree{loop(), inotify, surroundings};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(folder_tree_tests, TreeFixture)

BOOST_AUTO_TEST_CASE(folders_share_the_watches_of_their_way) {
  for (const char* const name : {"a", "b", "c"}) {
    fs::create_directory(scratch / name);
  }
  const auto a = folder(scratch / "a");
  const std::size_t way = watches();
  const auto b = folder(scratch / "b");
  const auto again = folder(scratch / "b", {.entry_events = IN_MODIFY});
  BOOST_TEST(watches() == way + 1);
  {
    const auto c = folder(scratch / "c");
    BOOST_TEST(watches() == way + 2);
  }
  turn(2);
  BOOST_TEST(watches() == way + 1);
}

BOOST_AUTO_TEST_CASE(what_goes_is_let_go_of_and_comes_again) {
  fs::create_directories(scratch / "a/b");
  const auto b = folder(scratch / "a/b", {.entry_events = IN_CREATE});
  const std::size_t all = watches();
  fs::remove_all(scratch / "a");
  BOOST_TEST(way_changes());
  b->renew();
  BOOST_TEST(watches() == all - 2);
  fs::create_directories(scratch / "a/b");
  BOOST_TEST(way_changes());
  b->renew();
  BOOST_TEST(watches() == all);
  std::ofstream(scratch / "a/b/new") << "x";
  BOOST_TEST(run_until([this] { return observer.entries == "new"; }));
}

BOOST_AUTO_TEST_CASE(only_what_was_asked_for_is_told) {
  fs::create_directories(scratch / "a/b");
  Observer other;
  const Folder a(tree, scratch / "a", {.entry_events = IN_MODIFY | IN_CREATE}, other);
  const auto b = folder(scratch / "a/b", {.entry_events = IN_DELETE});
  std::ofstream(scratch / "a/x") << "x";
  BOOST_TEST(run_until([&] { return other.entries == "xx"; }));
  BOOST_TEST(observer.entries == "");
  BOOST_TEST(observer.ways == 0);
}

BOOST_AUTO_TEST_CASE(links_are_followed_wherever_they_lead) {
  fs::create_directories(scratch / "one/x");
  fs::create_directories(scratch / "two/y");
  fs::create_symlink("two/y", scratch / "second");
  fs::create_symlink("one/x/../../second/..", scratch / "first");
  const auto first = folder(scratch / "first", {.entry_events = IN_CREATE});
  std::ofstream(scratch / "two/new") << "x";
  BOOST_TEST(run_until([this] { return observer.entries == "new"; }));
  fs::rename(scratch / "two/y", scratch / "two/aside");  // on the link's own way
  BOOST_TEST(way_changes());
  fs::remove(scratch / "second");
  BOOST_TEST(way_changes());
}

BOOST_AUTO_TEST_CASE(links_in_circles_and_in_long_chains_end) {
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  fs::create_symlink("self/self", scratch / "self");
  for (int i = 0; i < 3000; ++i) {
    fs::create_symlink("chain" + std::to_string(i + 1), scratch / ("chain" + std::to_string(i)));
  }
  const auto circle = folder(scratch / "a/x/y");
  const auto self = folder(scratch / "self");
  const auto chain = folder(scratch / "chain0");
  BOOST_TEST(!circle->polled().has_value());
  BOOST_TEST(!chain->polled().has_value());
  fs::remove(scratch / "b");
  BOOST_TEST(way_changes());
}

BOOST_AUTO_TEST_CASE(writes_to_a_file_are_told_over_links) {
  fs::create_directories(scratch / "live");
  fs::create_directories(scratch / "archive");
  scratch.write("archive/key");
  fs::create_symlink("../archive/key", scratch / "live/link");
  fs::create_symlink("link", scratch / "live/key");
  const auto plain = folder(scratch / "live/key");
  const auto key = folder(scratch / "live/key", {.writes = true});
  scratch.write("archive/other");
  scratch.write("archive/key");
  BOOST_TEST(run_until([this] { return observer.entries.starts_with("key"); }));
  BOOST_TEST(observer.entries.find("other") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(what_may_be_searched_and_not_listed_is_polled) {
  fs::create_directories(scratch / "closed/folder");
  fs::create_symlink("closed/folder", scratch / "link");
  ::chmod(scratch.path().c_str(), 0755);
  ::chmod((scratch / "closed").c_str(), 0711);
  BOOST_TEST(support::in_child_as_nobody([this](support::Complaints& complaints) {
               loop::Loop own_loop(clock);
               loop::Inotify own_inotify(own_loop);
               FolderTree own(own_loop, own_inotify, surroundings);
               const Folder direct(own, scratch / "closed/folder", {}, observer);
               const Folder linked(own, scratch / "link", {}, observer);
               const Folder open(own, scratch / "open", {}, observer);
               complaints.expect(direct.polled() == PollingReason::listing_denied, "polled");
               complaints.expect(linked.polled() == PollingReason::listing_denied,
                                 "polled over a link");
               complaints.expect(!open.polled(), "the one beside it is not");
             }) == "");
}

BOOST_AUTO_TEST_SUITE_END()
