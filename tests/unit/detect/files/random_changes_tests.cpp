// Random changes of a small tree, and the laws that hold whenever it is quiet:
// what is shown is what a fresh look says, and whoever has other contents than
// at the last quiet was told of it.

#include <sys/stat.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <system_error>
#include <vector>

#include "detect/files/look.hpp"
#include "files_fixture.hpp"
#include "support/kubelet_volume.hpp"

namespace {

using namespace std::chrono_literals;
using namespace blindfold;
using model::Presence;
namespace fs = std::filesystem;

constexpr int rounds = 400;

struct Watched {
  std::string folder;
  std::vector<std::string> keys;
};

class RandomFixture : public detect::ManualFilesFixture {
 public:
  explicit RandomFixture(unsigned seed) : random_(seed) {
    watched_ = {{path("a"), {"k1", "k2"}},    {path("link"), {"k1"}},
                {path("a/deep"), {"k1"}},     {path("link/deep"), {"k1", "k2"}},
                {path("volume"), {"k1"}},     {path("a"), {}},
                {path("b/../a/deep"), {"k1"}}};
    for (const Watched& each : watched_) {
      watch_directory(each.folder, each.keys);
    }
  }

  void play() {
    for (int round = 0; round < rounds; ++round) {
      log_.clear();
      for (int left = pick(5); left >= 0; --left) {
        change();
        for (int turns = pick(3); turns > 0; --turns) {
          loop().turn();
        }
        clock.advance(std::chrono::milliseconds(pick(4) * 40));
      }
      pass(3s);
      pass(3s);
      check(round);
    }
  }

 private:
  using Contents = std::map<std::string, std::string>;

  int pick(int below) { return std::uniform_int_distribution<int>(0, below - 1)(random_); }
  std::string path(const std::string& name) const { return scratch / name; }
  std::string folder() {
    static constexpr std::array names{"a", "b", "a/deep", "b/deep", "link", "link/deep"};
    return names.at(static_cast<std::size_t>(pick(names.size())));
  }
  std::string file() {
    static constexpr std::array names{"k1", "k2", "K1", "other"};
    return folder() + "/" + names.at(static_cast<std::size_t>(pick(names.size())));
  }
  std::string text() { return pick(8) == 0 ? std::string() : std::to_string(random_()); }

  void change() {
    std::error_code ignored;
    const std::string where = file();
    const std::string dir = folder();
    const int what = pick(14);
    log_ += " " + std::to_string(what) + ":" + where + "," + dir;
    switch (what) {
      case 0:
      case 1:
        std::ofstream(path(where), std::ios::trunc) << text();
        break;
      case 2:
        std::ofstream(path(where), std::ios::app) << text();
        break;
      case 3:
        std::ofstream(path(where + ".tmp")) << text();
        fs::rename(path(where + ".tmp"), path(where), ignored);
        break;
      case 4:
        fs::remove(path(where), ignored);
        break;
      case 5:
        fs::create_directories(path(dir), ignored);
        break;
      case 6:
        if (dir != "link") {
          fs::remove_all(path(dir), ignored);
        }
        break;
      case 7:
        swap_link();
        break;
      case 8:
        ::chmod(path(dir).c_str(), pick(2) == 0 ? 0711 : 0755);
        ::chmod(path(where).c_str(), pick(2) == 0 ? 0400 : 0644);
        break;
      case 9:
        volume_.write(pick(3) == 0 ? support::KubeletVolume::Files{}
                                   : support::KubeletVolume::Files{{"k1", text()}, {"k2", "x"}});
        break;
      case 10:
        fs::rename(path(dir), path("aside"), ignored);
        if (pick(2) == 0) {
          fs::rename(path("aside"), path(dir), ignored);
        }
        break;
      case 11:
        fs::rename(path("aside"), path(dir), ignored);
        break;
      case 12:  // in a file's place
        fs::create_directory(path(where), ignored);
        break;
      default:
        link_key(where);
        break;
    }
  }

  void swap_link() {
    static constexpr std::array targets{"a", "b", "nowhere", "link", "b/../a"};
    std::error_code ignored;
    fs::create_symlink(targets.at(static_cast<std::size_t>(pick(targets.size()))), path("next"),
                       ignored);
    fs::rename(path("next"), path("link"), ignored);
  }

  void link_key(const std::string& where) {
    static constexpr std::array targets{"other", "k2", "nowhere", "../b/k2", "../a/other"};
    std::error_code ignored;
    fs::remove(path(where), ignored);
    fs::create_symlink(targets.at(static_cast<std::size_t>(pick(targets.size()))), path(where),
                       ignored);
  }

  void check(int round) {
    for (std::size_t i = 0; i < watched_.size(); ++i) {
      const Watched& each = watched_[i];
      const std::string id = "r" + std::to_string(i + 1);
      const detect::FolderLook fresh = detect::look_at(each.folder, each.keys);
      BOOST_REQUIRE_MESSAGE(presence(i) == fresh.presence,
                            "round " << round << ", " << id << " shows " << to_string(presence(i))
                                     << ", not " << to_string(fresh.presence) << ", after" << log_);
      BOOST_REQUIRE_MESSAGE(details(i) == fresh.details,
                            "round " << round << ", details of " << id << ", after" << log_);
      if (fresh.presence != Presence::present) {
        continue;
      }
      Contents now = contents(each, fresh);
      const bool known = seen_.contains(i);
      const bool event = std::ranges::count(event_ids, id) > 0;
      BOOST_REQUIRE_MESSAGE(!known || event || seen_[i] == now,
                            "round " << round << ", " << id << " was not told, after" << log_);
      seen_[i] = std::move(now);
      std::erase(event_ids, id);
    }
  }

  static Contents contents(const Watched& each, const detect::FolderLook& look) {
    Contents all;
    for (const detect::FileStamp& file : look.files) {
      std::ifstream in(each.folder + "/" + file.name);
      all[file.name] = {std::istreambuf_iterator<char>(in), {}};
    }
    return all;
  }

  std::mt19937 random_;
  std::vector<Watched> watched_;
  std::map<std::size_t, Contents> seen_;
  support::KubeletVolume volume_{scratch / "volume"};
  std::string log_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(random_changes_tests)

BOOST_AUTO_TEST_CASE(whenever_it_is_quiet_all_is_known_and_told) {
  const char* const given = std::getenv("BLINDFOLD_SEED");
  const unsigned seed =
      given != nullptr ? static_cast<unsigned>(std::atoi(given)) : std::random_device()();
  BOOST_TEST_MESSAGE("again with BLINDFOLD_SEED=" << seed);
  BOOST_TEST_CONTEXT("BLINDFOLD_SEED=" << seed) {
    RandomFixture(seed).play();
  }
}

BOOST_AUTO_TEST_SUITE_END()
