#include "support/hanging_file_system.hpp"

#include <fcntl.h>
#include <linux/fuse.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <new>
#include <string_view>
#include <system_error>
#include <utility>

#include "support/scratch_mount.hpp"

namespace blindfold::support {
namespace {

constexpr std::uint64_t key_node = 2;
constexpr std::string_view key_name = "key";

void must(bool done, const char* what) {
  if (!done) {
    throw std::system_error(errno, std::generic_category(), what);
  }
}

}  // namespace

struct HangingFileSystem::Control {
  std::atomic<std::uint64_t> modified = 1'700'000'000;

  [[nodiscard]] fuse_attr attributes(std::uint64_t node) const noexcept {
    fuse_attr attributes{};
    attributes.ino = node;
    attributes.nlink = 1;
    attributes.mode = node == key_node ? S_IFREG | 0644 : S_IFDIR | 0755;
    attributes.size = 1;
    attributes.mtime = modified;
    return attributes;
  }
};

namespace {

/// The serving process.
template <class Control>
class Server final {
 public:
  Server(int fd, const Control& control) : fd_(fd), control_(control) {}

  void run() {
    alignas(fuse_in_header) std::array<char, 1 << 17> request{};
    while (true) {
      const ssize_t length = ::read(fd_, request.data(), request.size());
      if (length < static_cast<ssize_t>(sizeof(fuse_in_header))) {
        if (length < 0 && (errno == EINTR || errno == ENOENT)) {
          continue;
        }
        return;
      }
      serve(*reinterpret_cast<const fuse_in_header*>(request.data()),
            request.data() + sizeof(fuse_in_header));
    }
  }

 private:
  void serve(const fuse_in_header& request, const char* rest) {
    switch (request.opcode) {
      case FUSE_INIT: {
        fuse_init_out out{};
        out.major = FUSE_KERNEL_VERSION;
        out.minor = 31;
        out.max_write = 4096;
        return reply(request, out);
      }
      case FUSE_LOOKUP:
        return rest == key_name ? reply(request, entry()) : refuse(request, ENOENT);
      case FUSE_GETATTR: {
        fuse_attr_out out{};
        out.attr = control_.attributes(request.nodeid);
        return reply(request, out);
      }
      case FUSE_OPENDIR:
        return reply(request, fuse_open_out{});
      case FUSE_RELEASEDIR:
        return refuse(request, 0);
      case FUSE_READDIR:
        return list(request, *reinterpret_cast<const fuse_read_in*>(rest));
      case FUSE_FORGET:
      case FUSE_BATCH_FORGET:
      case FUSE_INTERRUPT:
        return;
      default:
        return refuse(request, ENOSYS);
    }
  }

  [[nodiscard]] fuse_entry_out entry() const {
    fuse_entry_out out{};
    out.nodeid = key_node;
    out.generation = 1;
    out.attr = control_.attributes(key_node);
    return out;
  }

  void list(const fuse_in_header& request, const fuse_read_in& read) {
    alignas(fuse_dirent) std::array<char, sizeof(fuse_dirent) + 8> out{};
    auto* const entry = new (out.data()) fuse_dirent;
    entry->ino = key_node;
    entry->off = 1;
    entry->namelen = key_name.size();
    entry->type = S_IFREG >> 12;
    key_name.copy(out.data() + FUSE_NAME_OFFSET, key_name.size());
    read.offset == 0 ? reply(request, out) : refuse(request, 0);
  }

  void refuse(const fuse_in_header& request, int error_number) const {
    send({sizeof(fuse_out_header), -error_number, request.unique}, nullptr, 0);
  }
  template <class Out>
  void reply(const fuse_in_header& request, const Out& out) const {
    send({sizeof(fuse_out_header) + sizeof out, 0, request.unique}, &out, sizeof out);
  }
  void send(fuse_out_header head, const void* out, std::size_t size) const {
    const std::array<iovec, 2> parts{{{&head, sizeof head}, {const_cast<void*>(out), size}}};
    if (::writev(fd_, parts.data(), size == 0 ? 1 : 2) < 0) {
      return;  // who asked has gone
    }
  }

  int fd_;
  const Control& control_;
};

}  // namespace

HangingFileSystem::HangingFileSystem(std::string folder) : folder_(std::move(folder)) {
  void* const shared =
      ::mmap(nullptr, sizeof(Control), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  must(shared != MAP_FAILED, "mmap");
  control_ = new (shared) Control;
  const int fd = ::open("/dev/fuse", O_RDWR | O_CLOEXEC);
  must(fd >= 0, "/dev/fuse");
  const std::string options =
      "fd=" + std::to_string(fd) + ",rootmode=40755,user_id=0,group_id=0,allow_other";
  must(::mount("blindfold", folder_.c_str(), "fuse.blindfold", MS_NOSUID | MS_NODEV,
               options.c_str()) == 0,
       "mount");
  server_ = ::fork();
  must(server_ >= 0, "fork");
  if (server_ == 0) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    Server(fd, *control_).run();
    ::_exit(0);
  }
  ::close(fd);
}

HangingFileSystem::~HangingFileSystem() {
  ::kill(server_, SIGKILL);
  ::waitpid(server_, nullptr, 0);
  ::umount2(folder_.c_str(), MNT_DETACH);
  ::munmap(control_, sizeof(Control));
}

void HangingFileSystem::hang() const {
  ::kill(server_, SIGSTOP);
  ::waitpid(server_, nullptr, WUNTRACED);
}

void HangingFileSystem::resume() const {
  ::kill(server_, SIGCONT);
}

void HangingFileSystem::change_key() const noexcept {
  ++control_->modified;
}

boost::test_tools::assertion_result has_fuse(boost::unit_test::test_unit_id id) {
  boost::test_tools::assertion_result result = may_mount(id);
  if (result && ::access("/dev/fuse", R_OK | W_OK) != 0) {
    result = false;
    result.message() << "there is no /dev/fuse";
  }
  return result;
}

}  // namespace blindfold::support
