#include "detect/files/look.hpp"

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cerrno>
#include <chrono>
#include <filesystem>
#include <fstream>

#include "detect/files/look_reporter.hpp"
#include "support/child.hpp"
#include "support/kubelet_volume.hpp"
#include "support/scratch_folder.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using detect::FolderLook;
using detect::look_at;
using model::Details;
using model::Presence;
using Keys = std::vector<std::string>;
namespace fs = std::filesystem;

struct LookFixture {
  LookFixture() { ::chmod(scratch.path().c_str(), 0755); }
  [[nodiscard]] FolderLook look(const Keys& keys) const {
    return look_at(scratch.path().string(), keys);
  }
  /// Of one key, or of what is beneath the scratch folder.
  void expect(const FolderLook& look, Presence presence, const Details& details) const {
    BOOST_TEST(to_string(look.presence) == to_string(presence));
    BOOST_TEST((look.details == details));
  }

  support::ScratchFolder scratch;
};

std::string look_as_nobody(const std::string& folder, const Keys& keys, Presence presence,
                           const Details& details) {
  return support::in_child_as_nobody([&](support::Complaints& complaints) {
    const FolderLook look = look_at(folder, keys);
    complaints.expect(look.presence == presence,
                      "presence, but " + std::string(to_string(look.presence)));
    complaints.expect(look.details == details, "details");
  });
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(look_tests, LookFixture)

BOOST_AUTO_TEST_CASE(the_presence_of_keys_is_the_worst_of_each) {
  scratch.write("full");
  scratch.write("empty", "");
  expect(look({"full"}), Presence::present, {});
  expect(look({"empty"}), Presence::empty, {model::KeyEmpty{"empty"}});
  expect(look({"full", "empty"}), Presence::empty, {model::KeyEmpty{"empty"}});
  expect(look({"zzzzzz"}), Presence::missing, {model::KeyMissing{"zzzzzz", ""}});
  expect(look({"full", "zzzzzz"}), Presence::incomplete, {model::KeyMissing{"zzzzzz", ""}});
  expect(look({"empty", "zzzzzz"}), Presence::incomplete,
         {model::KeyEmpty{"empty"}, model::KeyMissing{"zzzzzz", ""}});
}

BOOST_AUTO_TEST_CASE(without_keys_any_entry_will_do) {
  expect(look({}), Presence::missing, {model::NoEntries{}});
  fs::create_directory(scratch / "folder");
  fs::create_symlink("nowhere", scratch / "dangling");
  expect(look({}), Presence::missing, {model::NoEntries{}});
  scratch.write("empty", "");
  scratch.write("empty2", "");
  expect(look({}), Presence::empty, {model::KeyEmpty{"empty"}});
  scratch.write("full");
  expect(look({}), Presence::present, {});
}

BOOST_AUTO_TEST_CASE(what_is_no_file) {
  const std::string key = scratch / "key";
  const auto is_no_file = [&] {
    expect(look({"key"}), Presence::missing, {model::KeyNotAFile{"key"}});
    fs::remove(key);
  };
  fs::create_directory(key);
  is_no_file();
  BOOST_REQUIRE(::mkfifo(key.c_str(), 0600) == 0);  // a look does not wait for its writer
  is_no_file();
  fs::create_symlink("/dev/null", key);
  is_no_file();
  fs::create_symlink("key", key);
  is_no_file();
  sockaddr_un address{.sun_family = AF_UNIX, .sun_path = {}};
  key.copy(address.sun_path, sizeof address.sun_path - 1);
  const int fd = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  BOOST_REQUIRE(::bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(fd);
  is_no_file();
}

BOOST_AUTO_TEST_CASE(links_are_followed_and_named) {
  scratch.write("target");
  fs::create_symlink("target", scratch / "link");
  fs::create_symlink("nowhere", scratch / "dangling");
  expect(look({"link"}), Presence::present, {});
  expect(look({"dangling"}), Presence::missing, {model::KeyMissing{"dangling", ""}});
  BOOST_TEST((look({"target", "link", "dangling"}).links == Keys{"link", "dangling"}));
  BOOST_TEST((look({}).links == Keys{"dangling", "link"}));
}

BOOST_AUTO_TEST_CASE(near_misses_are_sought_for_the_first_keys) {
  Keys keys;
  for (const char* const end : {"0", "1", "2", "3", "4", "5"}) {
    scratch.write("KEY-NUMBER-" + std::string(end));
    keys.push_back("key_number_" + std::string(end));
  }
  const FolderLook found = look(keys);
  BOOST_REQUIRE(found.details.size() == 6);
  BOOST_TEST((found.details[4] == model::Detail(model::KeyMissing{keys[4], "KEY-NUMBER-4"})));
  BOOST_TEST((found.details[5] == model::Detail(model::KeyMissing{keys[5], ""})));
}

BOOST_AUTO_TEST_CASE(names_of_every_kind) {
  for (const std::string& name :
       {std::string(255, 'x'), std::string("two\nlines"), std::string("not \xff\xc3 UTF-8"),
        std::string("-rf"), std::string(" "), std::string("*")}) {
    scratch.write(name);
    expect(look({name}), Presence::present, {});
  }
  const std::string too_long(256, 'x');
  expect(look({too_long}), Presence::missing,
         {model::LookFailed{scratch / too_long, ENAMETOOLONG}});
}

BOOST_AUTO_TEST_CASE(why_there_is_no_folder) {
  const auto no_folder = [this](const std::string& name, const model::Detail& detail) {
    expect(look_at(scratch / name, {"key"}), Presence::missing, {detail});
    expect(look_at(scratch / name, {}), Presence::missing, {detail});
  };
  scratch.write("file");
  fs::create_symlink("b", scratch / "a");
  fs::create_symlink("a", scratch / "b");
  fs::create_symlink("nowhere/deeper", scratch / "dangling");
  no_folder("x/y", model::FolderMissing{scratch / "x"});
  no_folder("file", model::NotAFolder{scratch / "file"});
  no_folder("file/y", model::NotAFolder{scratch / "file"});
  no_folder("a/y", model::NotAFolder{scratch / "a"});
  no_folder("dangling/y", model::FolderMissing{scratch / "nowhere"});
  const std::string too_long(256, 'x');
  no_folder(too_long, model::LookFailed{scratch / too_long, ENAMETOOLONG});
}

BOOST_AUTO_TEST_CASE(a_path_of_four_thousand_bytes) {
  std::string path = scratch.path();
  const auto back = fs::current_path();
  fs::current_path(path);
  while (path.size() < 3800) {
    const std::string name(200, 'd');
    fs::create_directory(name);
    fs::current_path(name);
    path += "/" + name;
  }
  std::ofstream("key") << "x";
  fs::current_path(back);
  expect(look_at(path, {"key"}), Presence::present, {});
  expect(look_at(path + std::string(400, '/') + "x", {"key"}), Presence::missing,
         {model::LookFailed{path + std::string(400, '/') + "x", ENAMETOOLONG}});
}

BOOST_AUTO_TEST_CASE(what_may_not_be_looked_at) {
  fs::create_directories(scratch / "closed/deeper");
  fs::create_directories(scratch / "open");
  scratch.write("closed/deeper/key");
  fs::create_symlink("../closed/deeper/key", scratch / "open/key");
  BOOST_REQUIRE(::chmod((scratch / "closed").c_str(), 0700) == 0);
  const model::Detail denied = model::FolderDenied{scratch / "closed", 0700, 0, 0, false};
  BOOST_TEST(look_as_nobody(scratch / "closed/deeper", {"key"}, Presence::denied, {denied}) == "");
  BOOST_TEST(look_as_nobody(scratch / "closed/deeper", {}, Presence::denied, {denied}) == "");
  BOOST_TEST(look_as_nobody(scratch / "closed", {"key"}, Presence::denied, {denied}) == "");
  BOOST_TEST(
      look_as_nobody(scratch / "open", {"key"}, Presence::denied, {model::KeyDenied{"key"}}) == "");
  BOOST_TEST(look_as_nobody(scratch / "open", {}, Presence::denied, {model::KeyDenied{"key"}}) ==
             "");
  BOOST_REQUIRE(::chmod((scratch / "open").c_str(), 0711) == 0);
  BOOST_TEST(look_as_nobody(scratch / "open", {}, Presence::denied,
                            {model::FolderDenied{scratch / "open", 0711, 0, 0, true}}) == "");
}

BOOST_AUTO_TEST_CASE(a_volume_says_where_it_was_swapped_to) {
  support::KubeletVolume volume(scratch / "volume");
  const std::string first = volume.write({{"key", "x"}});
  BOOST_TEST(look_at(volume.path(), {"key"}).swapped_to == first);
  BOOST_TEST(look_at(volume.path(), {}).swapped_to == first);
  BOOST_TEST(look_at(volume.path(), {"key"}).links.empty());
  fs::remove(scratch / "volume/..data");
  BOOST_TEST(look_at(volume.path(), {"key"}).swapped_to == "");
  fs::create_directory(scratch / "volume/..data");  // in the link's place
  std::ofstream(scratch / "volume/..data/key") << "x";
  expect(look_at(volume.path(), {"key"}), Presence::present, {});
  BOOST_TEST(look_at(volume.path(), {"key"}).swapped_to == "");
}

BOOST_AUTO_TEST_CASE(a_listing_ends) {
  for (std::size_t i = 0; i < detect::listing_limit + 200; ++i) {
    fs::create_symlink("x", scratch / ("..hidden" + std::to_string(i)));
  }
  const auto names = detect::list(scratch.path().string());
  BOOST_REQUIRE(names.has_value());
  BOOST_TEST(names->size() <= detect::listing_limit);
  BOOST_TEST(!detect::list(scratch / "missing").has_value());
}

BOOST_AUTO_TEST_CASE(the_version_follows_inode_time_and_writes) {
  const std::string key = scratch.write("key");
  const auto version = [&](std::uint64_t writes) {
    return detect::version_of_files(look({"key"}), writes);
  };
  const model::Version first = version(0);
  BOOST_TEST((version(0) == first));
  BOOST_TEST((version(1) != first));
  ::chmod(key.c_str(), 0400);
  fs::create_hard_link(key, scratch / "another");
  BOOST_TEST((version(0) == first));
  fs::last_write_time(key, fs::file_time_type::clock::now() + 24h);
  BOOST_TEST((version(0) != first));
}

BOOST_AUTO_TEST_CASE(only_what_was_changed_just_now_is_young) {
  FolderLook look;
  look.files.push_back({.name = "key", .modified_ns = 1'000'000'000});
  const auto young_at = [&look](std::chrono::milliseconds now) {
    return detect::is_young(look, base::SystemTime(now));
  };
  BOOST_TEST(young_at(1000ms));
  BOOST_TEST(young_at(1009ms));
  BOOST_TEST(!young_at(1010ms));
  BOOST_TEST(!young_at(999ms));  // changed in the future, or the clock was set back
}

BOOST_AUTO_TEST_SUITE_END()
