#pragma once

#include <sched.h>
#include <sys/mount.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <string>
#include <utility>

namespace blindfold::support {

/// A precondition of tests that mount: puts the test program into a mount
/// namespace of its own, once, so that nobody else sees its mounts and it sees
/// nobody else's.
[[nodiscard]] inline boost::test_tools::assertion_result may_mount(boost::unit_test::test_unit_id) {
  static const bool own = ::unshare(CLONE_NEWNS) == 0 &&
                          ::mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0;
  boost::test_tools::assertion_result result(own);
  if (!own) {
    result.message() << "mounting takes root";
  }
  return result;
}

/// A tmpfs at a folder that it makes; unmounted at the end of its life.
class ScratchMount final {
 public:
  explicit ScratchMount(std::string path) : path_(std::move(path)) {
    std::filesystem::create_directory(path_);
    BOOST_REQUIRE(::mount("blindfold", path_.c_str(), "tmpfs", 0, "size=1m") == 0);
  }
  ~ScratchMount() { unmount(); }
  ScratchMount(const ScratchMount&) = delete;
  ScratchMount& operator=(const ScratchMount&) = delete;
  ScratchMount(ScratchMount&&) = delete;
  ScratchMount& operator=(ScratchMount&&) = delete;

  void unmount() noexcept {
    if (!path_.empty()) {
      ::umount2(path_.c_str(), MNT_DETACH);
      std::filesystem::remove(std::exchange(path_, {}));
    }
  }

 private:
  std::string path_;
};

}  // namespace blindfold::support
