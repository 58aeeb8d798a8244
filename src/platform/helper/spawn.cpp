#include "platform/helper/spawn.hpp"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>
#include <vector>

namespace blindfold::helper {
namespace {

/// Terminated, and pointing into what it was made of.
std::vector<char*> pointers_to(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) {
    pointers.push_back(text.data());
  }
  pointers.push_back(nullptr);
  return pointers;
}

bool sets(const std::string& variable, std::string_view name) noexcept {
  return variable.size() > name.size() && variable.starts_with(name) &&
         variable[name.size()] == '=';
}

/// Each name once: programs do not agree on which of two counts.
std::vector<std::string> environment_of(const Program& program) {
  std::vector<std::string> variables;
  for (char** each = environ; each != nullptr && *each != nullptr; ++each) {
    variables.emplace_back(*each);
  }
  for (const auto& [name, value] : program.environment) {
    std::erase_if(variables, [&name](const std::string& each) { return sets(each, name); });
    variables.push_back(name + '=' + value);
  }
  return variables;
}

class Attributes final {
 public:
  explicit Attributes(int output) noexcept {
    ::posix_spawnattr_init(&attributes_);
    ::posix_spawn_file_actions_init(&actions_);
    sigset_t signals;
    ::sigemptyset(&signals);
    note(::posix_spawnattr_setsigmask(&attributes_, &signals));
    ::sigfillset(&signals);
    note(::posix_spawnattr_setsigdefault(&attributes_, &signals));
    note(::posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSID));
    note(::posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
    note(::posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO));
    note(::posix_spawn_file_actions_addclosefrom_np(&actions_, STDERR_FILENO + 1));
  }
  ~Attributes() {
    ::posix_spawn_file_actions_destroy(&actions_);
    ::posix_spawnattr_destroy(&attributes_);
  }
  Attributes(const Attributes&) = delete;
  Attributes& operator=(const Attributes&) = delete;
  Attributes(Attributes&&) = delete;
  Attributes& operator=(Attributes&&) = delete;

  /// An error number.
  int spawn(pid_t& process, const std::string& path, char* const* arguments,
            char* const* environment) const noexcept {
    return error_ != 0 ? error_
                       : ::posix_spawn(&process, path.c_str(), &actions_, &attributes_, arguments,
                                       environment);
  }

 private:
  void note(int error) noexcept { error_ = error_ != 0 ? error_ : error; }

  posix_spawnattr_t attributes_{};
  posix_spawn_file_actions_t actions_{};
  int error_ = 0;
};

}  // namespace

base::Result<Spawned> spawn(const std::string& path, const Program& program) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return std::unexpected(base::system_error(errno, "cannot make a pipe"));
  }
  Spawned spawned{.process = -1, .output = base::UniqueFd(ends[0])};
  const base::UniqueFd writing(ends[1]);
  std::vector<std::string> arguments = program.arguments;
  std::vector<std::string> environment = environment_of(program);
  const int error = Attributes(writing.get())
                        .spawn(spawned.process, path, pointers_to(arguments).data(),
                               pointers_to(environment).data());
  if (error != 0) {
    return std::unexpected(base::system_error(error, "cannot run " + path));
  }
  return spawned;
}

}  // namespace blindfold::helper
