#include "support/pseudo_terminal.hpp"

#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace blindfold::support {
namespace {

constexpr int patience_ms = 20'000;

[[noreturn]] void run(const std::vector<std::string>& argv,
                      const std::vector<std::string>& environment) {
  for (const std::string& variable : environment) {
    const std::size_t equals = variable.find('=');
    ::setenv(variable.substr(0, equals).c_str(), variable.c_str() + equals + 1, 1);
  }
  std::vector<char*> arguments;
  for (const std::string& argument : argv) {
    arguments.push_back(const_cast<char*>(argument.c_str()));
  }
  arguments.push_back(nullptr);
  ::execvp(arguments.front(), arguments.data());
  ::_exit(127);
}

/// Processes in a group, those that have ended and were not waited for too.
int members_of(pid_t group) {
  int members = 0;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    std::ifstream stat(entry.path() / "stat");
    std::string line;
    std::getline(stat, line);
    // PID (NAME) STATE PPID PGRP …
    std::istringstream fields(line.substr(std::min(line.rfind(')'), line.size() - 1) + 1));
    char state = 0;
    pid_t parent = 0;
    pid_t its_group = 0;
    members += (fields >> state >> parent >> its_group) && its_group == group ? 1 : 0;
  }
  return members;
}

}  // namespace

PseudoTerminal::PseudoTerminal(const std::vector<std::string>& argv,
                               const std::vector<std::string>& environment) {
  winsize size{};
  size.ws_row = 24;
  size.ws_col = 200;
  child_ = ::forkpty(&fd_, nullptr, nullptr, &size);
  if (child_ < 0) {
    throw std::runtime_error("forkpty failed");
  }
  if (child_ == 0) {
    run(argv, environment);
  }
}

PseudoTerminal::~PseudoTerminal() {
  ::close(fd_);
  if (child_ > 0) {
    ::kill(child_, SIGKILL);
    ::waitpid(child_, nullptr, 0);
  }
}

void PseudoTerminal::type(std::string_view bytes) const {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd_, bytes.data(), bytes.size());
    if (written <= 0) {
      throw std::runtime_error("nobody reads what is typed");
    }
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

bool PseudoTerminal::read_some() {
  pollfd readable{fd_, POLLIN, 0};
  if (::poll(&readable, 1, patience_ms) != 1) {
    throw std::runtime_error("nothing came to the terminal after: " + screen_);
  }
  std::array<char, 4096> piece{};
  const ssize_t n = ::read(fd_, piece.data(), piece.size());
  if (n <= 0) {
    return false;
  }
  screen_.append(piece.data(), static_cast<std::size_t>(n));
  return true;
}

std::string PseudoTerminal::read_until(std::string_view text) {
  std::size_t found = 0;
  while ((found = screen_.find(text, seen_)) == std::string::npos) {
    if (!read_some()) {
      throw std::runtime_error("ended before \"" + std::string(text) + "\": " + screen_);
    }
  }
  const std::size_t start = std::exchange(seen_, found + text.size());
  return screen_.substr(start, seen_ - start);
}

void PseudoTerminal::await_unseen_line() {
  using namespace std::chrono;
  const auto deadline = steady_clock::now() + milliseconds(patience_ms);
  termios mode{};
  do {
    if (::tcgetattr(fd_, &mode) == 0 && (mode.c_lflag & ICANON) != 0 &&
        (mode.c_lflag & ECHO) == 0 && members_of(::tcgetpgrp(fd_)) == 1) {
      return;
    }
    // The kernel tells nobody of a change of mode, nor of the end of others' children.
    std::this_thread::sleep_for(milliseconds(1));
  } while (steady_clock::now() < deadline);
  throw std::runtime_error("still echoes: " + screen_);
}

int PseudoTerminal::finish() {
  while (read_some()) {
  }
  int status = 0;
  ::waitpid(std::exchange(child_, 0), &status, 0);
  return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}

}  // namespace blindfold::support
