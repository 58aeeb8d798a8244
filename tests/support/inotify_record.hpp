#pragma once

#include <sys/inotify.h>
#include <sys/stat.h>

#include <array>
#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "platform/loop/inotify.hpp"

namespace blindfold::support {

/// "create|dir NAME": the kinds of an inotify event and the name it is about.
[[nodiscard]] inline std::string describe(const loop::InotifyEvent& event) {
  static constexpr std::array<std::pair<std::uint32_t, const char*>, 16> kinds{{
      {IN_ACCESS, "access"},
      {IN_MODIFY, "modify"},
      {IN_ATTRIB, "attrib"},
      {IN_CLOSE_WRITE, "close_write"},
      {IN_CLOSE_NOWRITE, "close_nowrite"},
      {IN_OPEN, "open"},
      {IN_MOVED_FROM, "moved_from"},
      {IN_MOVED_TO, "moved_to"},
      {IN_CREATE, "create"},
      {IN_DELETE, "delete"},
      {IN_DELETE_SELF, "delete_self"},
      {IN_MOVE_SELF, "move_self"},
      {IN_UNMOUNT, "unmount"},
      {IN_Q_OVERFLOW, "overflow"},
      {IN_IGNORED, "ignored"},
      {IN_ISDIR, "dir"},
  }};
  std::string text;
  for (const auto& [bit, name] : kinds) {
    if ((event.mask & bit) != 0) {
      text += (text.empty() ? "" : "|") + std::string(name);
    }
  }
  return event.name.empty() ? text : text + ' ' + std::string(event.name);
}

/// A watch that records what it is told.
struct Record {
  explicit Record(loop::Inotify& inotify)
      : watch(inotify, [this](const loop::InotifyEvent& event) noexcept {
          lines.push_back(describe(event));
          cookies.push_back(event.cookie);
        }) {}
  Record(loop::Inotify& inotify, const std::string& path, std::uint32_t mask) : Record(inotify) {
    const auto started = watch.start(path, mask);
    BOOST_REQUIRE_MESSAGE(started.has_value(), (started ? std::string() : started.error().what));
  }

  std::vector<std::string> lines;
  std::vector<std::uint32_t> cookies;
  loop::InotifyWatch watch;
};

/// The process's inotify descriptors.
[[nodiscard]] inline std::vector<int> inotify_descriptors() {
  std::vector<int> found;
  for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
    std::error_code gone;
    if (std::filesystem::read_symlink(entry.path(), gone) == "anon_inode:inotify") {
      found.push_back(std::stoi(entry.path().filename().string()));
    }
  }
  return found;
}

/// How many watches the kernel has of this process's (proc(5), fdinfo).
[[nodiscard]] inline std::size_t kernel_watches() {
  std::size_t count = 0;
  for (const int descriptor : inotify_descriptors()) {
    std::ifstream info("/proc/self/fdinfo/" + std::to_string(descriptor));
    for (std::string line; std::getline(info, line);) {
      count += line.starts_with("inotify wd:") ? 1U : 0U;
    }
  }
  return count;
}

/// Fills an inotify queue and more (fs.inotify.max_queued_events, 16384) with
/// changes of two files' modes, in turns, as the kernel merges equal ones.
inline void fill_queue(const std::string& a, const std::string& b) {
  for (int i = 0; i < 16'384; ++i) {
    BOOST_REQUIRE(::chmod(a.c_str(), 0600) == 0);
    BOOST_REQUIRE(::chmod(b.c_str(), 0600) == 0);
  }
}

}  // namespace blindfold::support
