#pragma once

#include <sys/types.h>

#include <boost/test/unit_test.hpp>
#include <string>

namespace blindfold::support {

/// A file system in user space with one file, "key", in its root, and nobody to
/// answer while it hangs: as one on a network whose server does not. Served by a
/// process of its own, in FUSE's protocol.
class HangingFileSystem final {
 public:
  /// Mounts it at `folder`, which is there. Throws where it cannot.
  explicit HangingFileSystem(std::string folder);
  /// Whoever still waits for an answer gets an error.
  ~HangingFileSystem();
  HangingFileSystem(const HangingFileSystem&) = delete;
  HangingFileSystem& operator=(const HangingFileSystem&) = delete;
  HangingFileSystem(HangingFileSystem&&) = delete;
  HangingFileSystem& operator=(HangingFileSystem&&) = delete;

  /// No question is answered any more, until resume().
  void hang() const;
  void resume() const;
  /// The key has another time of change.
  void change_key() const noexcept;

 private:
  struct Control;

  std::string folder_;
  Control* control_ = nullptr;  ///< shared with the process
  pid_t server_ = -1;
};

/// A precondition: whether this process may mount one.
[[nodiscard]] boost::test_tools::assertion_result has_fuse(boost::unit_test::test_unit_id id);

}  // namespace blindfold::support
