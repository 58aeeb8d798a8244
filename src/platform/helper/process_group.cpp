#include "platform/helper/process_group.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "platform/base/unique_fd.hpp"

namespace blindfold::helper {
namespace {

struct CloseFolder {
  void operator()(DIR* folder) const noexcept { ::closedir(folder); }
};

/// Whether /proc/PROCESS/stat (proc(5)) says that it runs and is of the group.
bool runs_in(pid_t group, const std::string& process) {
  const base::UniqueFd file(::open(("/proc/" + process + "/stat").c_str(), O_RDONLY | O_CLOEXEC));
  std::array<char, 512> text{};
  const ssize_t length = ::read(file.get(), text.data(), text.size() - 1);
  // The name before it may hold anything.
  const std::string_view whole(text.data(), static_cast<std::size_t>(length > 0 ? length : 0));
  const std::size_t name_end = whole.rfind(") ");
  if (name_end == std::string_view::npos) {
    return false;
  }
  const char* const state = whole.substr(name_end + 2).data();
  char* rest = nullptr;
  std::strtol(state + 1, &rest, 10);  // the parent
  return *state != 'Z' && *state != 'X' && std::strtol(rest, nullptr, 10) == group;
}

}  // namespace

bool has_others(pid_t leader) noexcept {
  const std::unique_ptr<DIR, CloseFolder> processes(::opendir("/proc"));
  if (processes == nullptr) {
    return true;
  }
  while (const dirent* const entry = ::readdir(processes.get())) {
    const char first = entry->d_name[0];
    if (first >= '0' && first <= '9' && runs_in(leader, entry->d_name)) {
      return true;
    }
  }
  return false;
}

}  // namespace blindfold::helper
