#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>
#include <vector>

namespace blindfold::support {

/// A program on a terminal of its own, and the person before it.
class PseudoTerminal final {
 public:
  /// `environment` is added to the one there is; "NAME=value".
  PseudoTerminal(const std::vector<std::string>& argv, const std::vector<std::string>& environment);
  ~PseudoTerminal();
  PseudoTerminal(const PseudoTerminal&) = delete;
  PseudoTerminal& operator=(const PseudoTerminal&) = delete;

  void type(std::string_view bytes) const;

  /// Reads until what came since the last call holds `text`, and returns it.
  /// Throws when that takes more than 20 s or the program ends before.
  std::string read_until(std::string_view text);

  /// Until a line is read and not echoed, as a password is (line editors, which
  /// echo themselves, read no lines), and the shell that reads is alone in the
  /// foreground: a bash that still waits for a child can miss an interrupt.
  void await_unseen_line();

  /// Everything that came to the screen.
  [[nodiscard]] const std::string& screen() const { return screen_; }

  /// Until the program has ended; its exit status.
  int finish();

 private:
  bool read_some();

  int fd_ = -1;
  pid_t child_ = 0;
  std::string screen_;
  std::size_t seen_ = 0;
};

}  // namespace blindfold::support
