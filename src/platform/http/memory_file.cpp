#include "platform/http/memory_file.hpp"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace blindfold::http {
namespace {

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) {
      return false;
    }
    bytes.remove_prefix(written < 0 ? 0 : static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

base::Result<MemoryFile> MemoryFile::with(std::string_view bytes) noexcept {
  MemoryFile file;
  file.fd_ = base::UniqueFd(::memfd_create("certificates", MFD_CLOEXEC | MFD_ALLOW_SEALING));
  constexpr int seals = F_SEAL_WRITE | F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL;
  if (!file.fd_ || !write_all(file.fd_.get(), bytes) ||
      ::fcntl(file.fd_.get(), F_ADD_SEALS, seals) < 0) {
    return std::unexpected(
        base::system_error(errno, "cannot keep a certificate in memory for the TLS library"));
  }
  return file;
}

std::string MemoryFile::path() const {
  return fd_ ? "/proc/self/fd/" + std::to_string(fd_.get()) : std::string();
}

}  // namespace blindfold::http
