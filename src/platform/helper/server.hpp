#pragma once

#include <sys/types.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "platform/base/clock.hpp"
#include "platform/base/error.hpp"
#include "platform/base/unique_fd.hpp"
#include "platform/helper/packet.hpp"
#include "platform/helper/program.hpp"

namespace blindfold::helper {

/// How many programs run at a time; a request beyond is refused.
inline constexpr std::size_t most_children = 32;

/// The helper process: runs what is asked for until the socket closes, and then
/// until what it started has ended. Blocks; it is all that its process does.
class Server final {
 public:
  Server(base::UniqueFd socket, std::vector<Program> programs, Writable writable);

  void run() noexcept;

 private:
  enum class Stage : std::uint8_t {
    running,  ///< until its deadline, then TERM
    told,     ///< to end; its report is sent. While its group lives, until its deadline: KILL
    killed,
  };
  /// Not reaped before its group is done with: until then nobody else can have
  /// its number.
  struct Child {
    std::uint64_t id = 0;
    pid_t process = -1;
    const Program* program = nullptr;
    Stage stage = Stage::running;
    base::SteadyTime deadline;
  };

  [[nodiscard]] int until_next_deadline() const noexcept;
  void take_requests() noexcept;
  void handle(const Request& request) noexcept;
  base::Result<> start(const Request& request);
  void look_after_children() noexcept;
  /// Whether it is done with.
  bool look_after(Child& child) noexcept;
  void tell_to_end(Child& child) noexcept;
  void report(std::uint64_t id, const base::Result<>& result) noexcept;

  base::SystemClock clock_;
  base::UniqueFd socket_;
  base::UniqueFd signals_;  ///< SIGCHLD
  std::vector<Program> programs_;
  Writable writable_;
  std::vector<Child> children_;
};

}  // namespace blindfold::helper
