#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace blindfold::support {

/// What went wrong in a child process, for its parent to read.
class Complaints final {
 public:
  void expect(bool holds, std::string_view what) {
    if (!holds) {
      text_ += "\nnot so: ";
      text_ += what;
    }
  }
  [[nodiscard]] const std::string& text() const noexcept { return text_; }

 private:
  std::string text_;
};

/// Runs `body` in a forked child, for what cannot be taken back; the child's
/// complaints, or how it died, or nothing.
[[nodiscard]] std::string in_child(const std::function<void(Complaints&)>& body);

/// As in_child(), as the user and group nobody, without other groups.
[[nodiscard]] std::string in_child_as_nobody(const std::function<void(Complaints&)>& body);

/// The other end of a child that waits for something to be done outside.
class Partner final {
 public:
  /// Forks a process that runs `task` each time it is asked to.
  explicit Partner(const std::function<void()>& task);
  ~Partner();
  Partner(const Partner&) = delete;
  Partner& operator=(const Partner&) = delete;
  Partner(Partner&&) = delete;
  Partner& operator=(Partner&&) = delete;

  /// Returns once the task is done.
  void run();

 private:
  int socket_ = -1;
  int pid_ = -1;
};

/// From now on the system call `number` fails with `error_number` in this
/// process and its children: an older kernel, or a container's filter.
void refuse_call(long number, int error_number);

/// A mount namespace of its own, from which no mount spreads.
void own_mounts();

}  // namespace blindfold::support
