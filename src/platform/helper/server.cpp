#include "platform/helper/server.hpp"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstdlib>
#include <utility>

#include "platform/base/duration.hpp"
#include "platform/helper/executable.hpp"
#include "platform/helper/process_group.hpp"
#include "platform/helper/spawn.hpp"

namespace blindfold::helper {
namespace {

constexpr std::chrono::seconds grace(2);  ///< between TERM and KILL

base::UniqueFd child_signals() noexcept {
  sigset_t signals;
  ::sigemptyset(&signals);
  ::sigaddset(&signals, SIGCHLD);
  ::sigprocmask(SIG_SETMASK, &signals, nullptr);
  return base::UniqueFd(::signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

/// How it ended, where it has; it stays a zombie.
std::optional<siginfo_t> end_of(pid_t process) noexcept {
  siginfo_t end{};
  const int status = ::waitid(P_PID, static_cast<id_t>(process), &end, WEXITED | WNOHANG | WNOWAIT);
  return status == 0 && end.si_pid == process ? std::optional(end) : std::nullopt;
}

void signal_group(pid_t process, int number) noexcept {
  ::kill(-process, number);
}

std::string called(const Program& program) {
  return '"' + program.name + "\" (" + program.arguments.front() + ')';
}

base::Result<> result_of(const siginfo_t& end, const Program& program) {
  constexpr const char* hint = "what it wrote to standard error may say why";
  if (end.si_code == CLD_EXITED && end.si_status == 0) {
    return {};
  }
  if (end.si_code == CLD_EXITED) {
    return std::unexpected(
        base::Error{base::ErrorKind::protocol,
                    called(program) + " ended with status " + std::to_string(end.si_status), hint});
  }
  const char* const name = ::sigabbrev_np(end.si_status);
  return std::unexpected(base::Error{base::ErrorKind::protocol,
                                     called(program) + " was ended by the signal " +
                                         (name != nullptr ? name : std::to_string(end.si_status)),
                                     hint});
}

base::Error too_late(const Program& program) {
  return {base::ErrorKind::unreachable,
          called(program) + " took longer than " + base::format_duration(program.timeout) +
              " and was told to end",
          {}};
}

std::string search_path() {
  const char* const value = std::getenv("PATH");
  return value != nullptr ? value : "/usr/local/bin:/usr/bin:/bin";
}

}  // namespace

Server::Server(base::UniqueFd socket, std::vector<Program> programs, Writable writable)
    : socket_(std::move(socket)),
      signals_(child_signals()),
      programs_(std::move(programs)),
      writable_(std::move(writable)) {
}

void Server::run() noexcept {
  while (socket_ || !children_.empty()) {
    std::array<pollfd, 2> waited{{{.fd = signals_.get(), .events = POLLIN, .revents = 0},
                                  {.fd = socket_.get(), .events = POLLIN, .revents = 0}}};
    ::poll(waited.data(), waited.size(), until_next_deadline());
    if (waited[1].revents != 0) {
      take_requests();
    }
    look_after_children();
  }
}

int Server::until_next_deadline() const noexcept {
  if (children_.empty()) {
    return -1;
  }
  const base::SteadyTime next = std::ranges::min(children_, {}, &Child::deadline).deadline;
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(next - clock_.now().steady);
  return static_cast<int>(std::clamp<std::int64_t>(left.count(), 0, 3'600'000));
}

void Server::take_requests() noexcept {
  Received received = receive_packet(socket_.get());
  while (received.kind == Received::Kind::packet) {
    if (const auto request = decode_request(received.bytes)) {
      handle(*request);
    }
    received = receive_packet(socket_.get());
  }
  if (received.kind == Received::Kind::closed) {
    socket_.close();
    std::ranges::for_each(children_, [this](Child& child) { tell_to_end(child); });
  }
}

void Server::handle(const Request& request) noexcept {
  if (const base::Result<> started = start(request); !started) {
    report(request.id, started);
  }
}

base::Result<> Server::start(const Request& request) {
  const auto program = std::ranges::find(programs_, request.name, &Program::name);
  if (program == programs_.end() || program->arguments.empty()) {
    return std::unexpected(base::Error{
        base::ErrorKind::internal, '"' + request.name + "\" is not listed to be run", {}});
  }
  if (children_.size() >= most_children) {
    return std::unexpected(base::Error{
        base::ErrorKind::limit,
        called(*program) + " is not run: " + std::to_string(most_children) + " programs run",
        {}});
  }
  const auto path = find_executable(program->arguments.front(), search_path());
  if (!path) {
    return std::unexpected(path.error());
  }
  if (const base::Result<> allowed = check_not_writable(*path, writable_); !allowed) {
    return allowed;
  }
  const auto spawned = spawn(*path, *program);
  if (!spawned) {
    return std::unexpected(spawned.error());
  }
  children_.push_back({request.id, spawned->process, &*program, Stage::running,
                       clock_.now().steady + program->timeout});
  return send_packet(socket_.get(), encode(Report{request.id, Report::Kind::started, {}}),
                     Wait::yes, spawned->output.get());
}

void Server::look_after_children() noexcept {
  signalfd_siginfo ignored{};
  while (::read(signals_.get(), &ignored, sizeof ignored) > 0) {
  }
  std::erase_if(children_, [this](Child& child) { return look_after(child); });
}

bool Server::look_after(Child& child) noexcept {
  const bool due = clock_.now().steady >= child.deadline;
  const auto end = end_of(child.process);
  if (child.stage == Stage::running && end) {
    report(child.id, result_of(*end, *child.program));
  } else if (child.stage == Stage::running) {
    if (due) {
      report(child.id, std::unexpected(too_late(*child.program)));
      tell_to_end(child);
    }
    return false;
  } else if (child.stage == Stage::told && due) {
    signal_group(child.process, SIGKILL);
    child.stage = Stage::killed;
    child.deadline = base::SteadyTime::max();
    return look_after(child);
  } else if (!end || (child.stage == Stage::told && has_others(child.process))) {
    return false;
  }
  ::waitpid(child.process, nullptr, 0);
  return true;
}

void Server::tell_to_end(Child& child) noexcept {
  if (child.stage != Stage::running) {
    return;
  }
  signal_group(child.process, SIGTERM);
  signal_group(child.process, SIGCONT);  // a stopped one takes no signal but KILL
  child.stage = Stage::told;
  child.deadline = clock_.now().steady + grace;
}

void Server::report(std::uint64_t id, const base::Result<>& result) noexcept {
  if (!socket_) {
    return;
  }
  const Report::Kind kind = result ? Report::Kind::done : Report::Kind::failed;
  // Where it cannot be sent the agent is gone, and the socket says so next.
  (void)send_packet(socket_.get(),
                    encode(Report{id, kind, result ? base::Error{} : result.error()}), Wait::yes);
}

}  // namespace blindfold::helper
