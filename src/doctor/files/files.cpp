#include "doctor/files/files.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <filesystem>
#include <system_error>
#include <utility>
#include <variant>

#include "doctor/files/attempts.hpp"
#include "doctor/files/record.hpp"
#include "doctor/files/sockets.hpp"
#include "platform/base/unique_fd.hpp"

namespace blindfold::doctor {
namespace {

using Steady = std::chrono::steady_clock;

constexpr base::Duration time_to_die = std::chrono::seconds(1);

/// poll(2)'s timeout, rounded up.
int until(Steady::time_point deadline) {
  const auto left = std::chrono::ceil<std::chrono::milliseconds>(deadline - Steady::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1'000'000'000));
}

bool is_readable(int fd, Steady::time_point deadline) {
  for (;;) {
    pollfd waiting{.fd = fd, .events = POLLIN, .revents = 0};
    const int ready = ::poll(&waiting, 1, until(deadline));
    if (ready >= 0 || errno != EINTR) {
      return ready > 0;
    }
  }
}

/// Reads one record; nothing where the other end is gone or the time is up.
bool receive(int fd, Steady::time_point deadline, Record& record) {
  std::array<char, sizeof(Record)> bytes{};
  std::size_t have = 0;
  while (have < bytes.size()) {
    if (!is_readable(fd, deadline)) {
      return false;
    }
    const ssize_t length = ::read(fd, bytes.data() + have, bytes.size() - have);
    if (length == 0 || (length < 0 && errno != EINTR)) {
      return false;
    }
    have += static_cast<std::size_t>(std::max<ssize_t>(length, 0));
  }
  std::memcpy(&record, bytes.data(), bytes.size());
  return true;
}

/// A child that hangs in a file system may outlive SIGKILL: it is then left.
void end_child(pid_t pid) {
  ::kill(pid, SIGKILL);
  const base::UniqueFd handle(static_cast<int>(::syscall(SYS_pidfd_open, pid, 0U)));
  if (handle && !is_readable(handle.get(), Steady::now() + time_to_die)) {
    return;
  }
  while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
  }
}

class Receiver final {
 public:
  Receiver(std::span<const std::string> paths, std::span<const std::string> sockets)
      : sockets_(sockets) {
    report_.files.reserve(paths.size());
    for (const std::string& path : paths) {
      report_.files.push_back({.path = path, .predicted = {}});
    }
  }

  /// Takes records until the last one, the deadline or the child's death.
  base::Result<FilesReport> take(int fd, Steady::time_point deadline) {
    Record record;
    while (!report_.complete && receive(fd, deadline, record)) {
      if (record.kind == RecordKind::failed) {
        return std::unexpected(
            base::Error{static_cast<base::ErrorKind>(record.value),
                        "a process that was to restrict itself as the agent does could not",
                        "run agent --once with the same configuration: it says why"});
      }
      apply(record);
    }
    return std::move(report_);
  }

 private:
  void apply(const Record& record) {
    if (record.kind == RecordKind::confined) {
      report_.landlock_abi = record.value;
    } else if (record.kind == RecordKind::file && record.index < report_.files.size()) {
      FileProof& proof = report_.files[record.index];
      proof.attempt = static_cast<Attempt>(record.attempt);
      proof.error_number = record.value;
      proof.predicted.level = static_cast<model::SightLevel>(record.level);
      proof.predicted.reason = static_cast<model::SightReason>(record.reason);
    } else if (record.kind == RecordKind::socket && record.index < sockets_.size()) {
      report_.sockets.push_back(sockets_[record.index]);
    } else {
      report_.complete = record.kind == RecordKind::end;
    }
  }

  std::span<const std::string> sockets_;
  FilesReport report_;
};

struct Named {
  std::string folder;
  std::vector<std::string> keys;
};

Named named_by(const model::Locator& locator) {
  if (const auto* const mount = std::get_if<model::MountLocator>(&locator)) {
    return {mount->path, mount->keys};
  }
  if (const auto* const directory = std::get_if<model::DirectoryLocator>(&locator)) {
    return {directory->path, directory->keys};
  }
  return {};
}

/// Kubelet's own entries begin with two dots; the others lead through them.
std::vector<std::string> entries_of(const std::string& folder) {
  std::vector<std::string> names;
  std::error_code error;
  for (std::filesystem::directory_iterator entry(folder, error), end; !error && entry != end;
       entry.increment(error)) {
    std::string name = entry->path().filename();
    if (!name.starts_with("..")) {
      names.push_back(std::move(name));
    }
  }
  std::ranges::sort(names);
  return names;
}

}  // namespace

bool FileProof::contradicts_prediction() const noexcept {
  return attempt == Attempt::opened && predicted.level >= model::SightLevel::self;
}

bool FilesReport::proven() const noexcept {
  return complete && sockets.empty() && std::ranges::all_of(files, [](const FileProof& proof) {
           return proof.attempt == Attempt::refused || proof.attempt == Attempt::missing;
         });
}

std::vector<std::string> files_of(const model::Requirement& requirement) {
  Named named = named_by(requirement.locator);
  if (named.folder.empty()) {
    return {};
  }
  if (named.keys.empty()) {
    named.keys = entries_of(named.folder);
  }
  std::vector<std::string> paths;
  paths.reserve(named.keys.size());
  for (const std::string& key : named.keys) {
    paths.push_back(std::filesystem::path(named.folder) / key);
  }
  return paths;
}

base::Result<FilesReport> try_files(const sandbox::Plan& plan, std::span<const std::string> paths,
                                    base::Duration timeout) {
  if (const base::Result<> possible = sandbox::check(plan); !possible) {
    return std::unexpected(possible.error());
  }
  const Steady::time_point deadline = Steady::now() + timeout;
  const std::vector<std::string> sockets = engine_sockets(::geteuid());
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) {
    return std::unexpected(base::system_error(errno, "cannot make a pipe"));
  }
  const base::UniqueFd from_child(ends[0]);
  base::UniqueFd to_parent(ends[1]);
  const pid_t pid = ::fork();
  if (pid < 0) {
    return std::unexpected(base::system_error(errno, "cannot fork"));
  }
  if (pid == 0) {
    try_all(plan, paths, sockets, to_parent.get());
  }
  to_parent.close();
  base::Result<FilesReport> report = Receiver(paths, sockets).take(from_child.get(), deadline);
  end_child(pid);
  return report;
}

}  // namespace blindfold::doctor
